using MessagePack.Formatters;

namespace MessagePack.Internal;

/// <summary>Stands for a type whose attributes are wrong; says so at each use.</summary>
internal sealed class UnusableFormatter<T>(Exception reason) : IMessagePackFormatter<T>
{
    public void Serialize(ref MessagePackWriter writer, T value, MessagePackSerializerOptions options) =>
        throw new MessagePackSerializationException(reason.Message, reason);

    public T Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
        throw new MessagePackSerializationException(reason.Message, reason);
}
