using MessagePack;
using MessagePack.Formatters;
using Orleans.Runtime;
using Orleans.Serialization;

namespace Orleans.Wire;

/// <summary>A reference as [grain, interface]; it is bound to the silo that reads it.</summary>
internal sealed class ReferenceFormatter<T> : IMessagePackFormatter<T?>
{
    public void Serialize(ref MessagePackWriter writer, T? value, MessagePackSerializerOptions options)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        if ((object)value is not GrainReference reference)
        {
            throw TypeCopiers.Unknown(value.GetType());
        }

        writer.WriteArrayHeader(2);
        GrainIdFormatter.Write(ref writer, reference.GrainId);
        writer.Write(reference.Interface is { } type ? TypeNames.Of(type) : null);
    }

    public T? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        if (reader.TryReadNil())
        {
            return default;
        }

        Row.Read(ref reader, 2);
        var id = GrainIdFormatter.Read(ref reader);
        var name = reader.ReadString();
        var references = ((WireOptions)options).Silo.References;
        var given = name is null ? null : TypeNames.Find(name);
        var type = given is { IsInterface: true } && typeof(T).IsAssignableFrom(given) && typeof(IAddressable).IsAssignableFrom(given) ? given
            : typeof(T).IsInterface ? typeof(T)
            : given;
        return (T)(type is { IsInterface: true } && typeof(IAddressable).IsAssignableFrom(type) ? references.Create(type, id) : references.CreateUntyped(id));
    }
}
