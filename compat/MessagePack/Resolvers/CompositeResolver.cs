using System.Collections.Concurrent;
using MessagePack.Formatters;

namespace MessagePack.Resolvers;

/// <summary>Puts formatters and resolvers in a row; the first that knows a type wins.</summary>
public static class CompositeResolver
{
    /// <summary>Formatters first, then resolvers, each in order.</summary>
    public static IFormatterResolver Create(IReadOnlyList<IMessagePackFormatter> formatters, IReadOnlyList<IFormatterResolver> resolvers) =>
        new Row([.. formatters], [.. resolvers]);

    /// <summary>Resolvers in order.</summary>
    public static IFormatterResolver Create(params IFormatterResolver[] resolvers) => Create([], resolvers);

    /// <summary>Formatters in order.</summary>
    public static IFormatterResolver Create(params IMessagePackFormatter[] formatters) => Create(formatters, []);

    private sealed class Row(IMessagePackFormatter[] formatters, IFormatterResolver[] resolvers) : IFormatterResolver
    {
        private readonly ConcurrentDictionary<Type, IMessagePackFormatter?> _known = new();

        public IMessagePackFormatter<T>? GetFormatter<T>()
        {
            if (!_known.TryGetValue(typeof(T), out var formatter))
            {
                formatter = formatters.OfType<IMessagePackFormatter<T>>().FirstOrDefault()
                    ?? resolvers.Select(resolver => resolver.GetFormatter<T>()).FirstOrDefault(found => found is not null);
                _known.TryAdd(typeof(T), formatter);
            }

            return (IMessagePackFormatter<T>?)formatter;
        }
    }
}
