using System.Runtime.CompilerServices;
using MessagePack.Internal;

namespace MessagePack.Formatters;

/// <summary>An enum as its number; numbers without a name are let through, as a cast would.</summary>
internal sealed class GenericEnumFormatter<T, TNumber> : IMessagePackFormatter<T>
    where T : struct, Enum
    where TNumber : struct
{
    public void Serialize(ref MessagePackWriter writer, T value, MessagePackSerializerOptions options) =>
        FormatterCache<TNumber>.Formatter!.Serialize(ref writer, Unsafe.As<T, TNumber>(ref value), options);

    public T Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        var number = FormatterCache<TNumber>.Formatter!.Deserialize(ref reader, options);
        return Unsafe.As<TNumber, T>(ref number);
    }
}
