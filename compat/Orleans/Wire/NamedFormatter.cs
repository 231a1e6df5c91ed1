using MessagePack;
using MessagePack.Formatters;
using Orleans.Runtime;
using Orleans.Serialization;

namespace Orleans.Wire;

/// <summary>A value that may be of a derived type: [type name, value]; the name is nil for exactly <typeparamref name="T"/>.</summary>
internal sealed class NamedFormatter<T>(IMessagePackFormatter<T>? exact) : IMessagePackFormatter<T?>
{
    public void Serialize(ref MessagePackWriter writer, T? value, MessagePackSerializerOptions options)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(2);
        var type = value is GrainReference reference ? reference.Interface ?? typeof(GrainReference) : value.GetType();
        if (type == typeof(T) && exact is not null)
        {
            writer.WriteNil();
            exact.Serialize(ref writer, value, options);
            return;
        }

        if (type == typeof(object))
        {
            throw TypeCopiers.Unknown(type);
        }

        writer.Write(TypeNames.Of(type));
        MessagePackSerializer.Serialize(type, ref writer, value, options);
    }

    public T? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        if (reader.TryReadNil())
        {
            return default;
        }

        options.Security.DepthStep(ref reader);
        Row.Read(ref reader, 2);
        T? value;
        if (reader.ReadString() is not { } name)
        {
            value = exact is null
                ? throw new MessagePackSerializationException($"A value for {typeof(T).FullName} came without its type.")
                : exact.Deserialize(ref reader, options);
        }
        else
        {
            var type = TypeNames.Find(name);
            if (type is null || !typeof(T).IsAssignableFrom(type) || type == typeof(object) || type.ContainsGenericParameters)
            {
                throw new MessagePackSerializationException($"\"{name}\" is not known here as a {typeof(T).FullName}.");
            }

            value = (T?)MessagePackSerializer.Deserialize(type, ref reader, options);
        }

        reader.Depth--;
        return value;
    }
}
