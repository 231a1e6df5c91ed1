using System.Runtime.CompilerServices;
using MessagePack.Formatters;
using MessagePack.Resolvers;

namespace MessagePack.Internal;

/// <summary>Reads and writes one value through the options' resolver; what emitted code and collections call for each member.</summary>
internal static class MemberValue
{
    public static void Write<T>(ref MessagePackWriter writer, T value, MessagePackSerializerOptions options) =>
        Formatter<T>(options).Serialize(ref writer, value, options);

    public static T Read<T>(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
        Formatter<T>(options).Deserialize(ref reader, options);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static IMessagePackFormatter<T> Formatter<T>(MessagePackSerializerOptions options) =>
        ReferenceEquals(options.Resolver, StandardResolver.Instance) && FormatterCache<T>.Formatter is { } formatter
            ? formatter
            : options.Resolver.GetFormatterWithVerify<T>();
}
