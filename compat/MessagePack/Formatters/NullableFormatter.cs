using MessagePack.Internal;

namespace MessagePack.Formatters;

/// <summary>The value, or nil.</summary>
internal sealed class NullableFormatter<T> : IMessagePackFormatter<T?>
    where T : struct
{
    public void Serialize(ref MessagePackWriter writer, T? value, MessagePackSerializerOptions options)
    {
        if (value is { } present)
        {
            MemberValue.Write(ref writer, present, options);
        }
        else
        {
            writer.WriteNil();
        }
    }

    public T? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
        reader.TryReadNil() ? null : MemberValue.Read<T>(ref reader, options);
}
