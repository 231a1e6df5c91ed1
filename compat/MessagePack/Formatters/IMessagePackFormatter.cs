namespace MessagePack.Formatters;

/// <summary>Any formatter; see <see cref="IMessagePackFormatter{T}"/>.</summary>
public interface IMessagePackFormatter;

/// <summary>Reads and writes one type. One instance serves all threads.</summary>
public interface IMessagePackFormatter<T> : IMessagePackFormatter
{
    /// <summary>Writes <paramref name="value"/> as exactly one MessagePack value.</summary>
    void Serialize(ref MessagePackWriter writer, T value, MessagePackSerializerOptions options);

    /// <summary>Reads exactly one MessagePack value.</summary>
    T Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options);
}
