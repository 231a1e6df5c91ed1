using MessagePack.Formatters;
using MessagePack.Internal;

namespace MessagePack.Resolvers;

/// <summary>Knows the built-in types, enums, collections and everything with MessagePack attributes.</summary>
public sealed class StandardResolver : IFormatterResolver
{
    /// <summary>The only instance.</summary>
    public static readonly StandardResolver Instance = new();

    /// <summary>Options with this resolver.</summary>
    public static readonly MessagePackSerializerOptions Options = new(Instance);

    private StandardResolver()
    {
    }

    /// <inheritdoc/>
    public IMessagePackFormatter<T>? GetFormatter<T>() => FormatterCache<T>.Formatter;
}
