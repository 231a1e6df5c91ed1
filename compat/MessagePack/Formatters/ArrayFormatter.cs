using MessagePack.Internal;

namespace MessagePack.Formatters;

/// <summary>An array header and the elements; null is nil.</summary>
internal sealed class ArrayFormatter<T> : IMessagePackFormatter<T[]?>
{
    public void Serialize(ref MessagePackWriter writer, T[]? value, MessagePackSerializerOptions options)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            ElementRun<T>.Write(ref writer, value, options);
        }
    }

    public T[]? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
        reader.TryReadNil() ? null : ElementRun<T>.Read(ref reader, options);
}
