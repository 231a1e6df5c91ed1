using MessagePack;
using MessagePack.Formatters;

namespace Orleans.Wire;

/// <summary>A message with MessagePack attributes, by the options that the application gave.</summary>
internal sealed class MessageFormatter<T>(MessagePackSerializerOptions messageOptions) : IMessagePackFormatter<T>
{
    private readonly MessagePackSerializerOptions _options = messageOptions.WithSecurity(MessagePackSecurity.UntrustedData);
    private readonly IMessagePackFormatter<T> _formatter = messageOptions.Resolver.GetFormatterWithVerify<T>();

    public void Serialize(ref MessagePackWriter writer, T value, MessagePackSerializerOptions options) => _formatter.Serialize(ref writer, value, _options);

    public T Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) => _formatter.Deserialize(ref reader, _options);
}
