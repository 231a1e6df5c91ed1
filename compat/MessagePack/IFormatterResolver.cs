using MessagePack.Formatters;

namespace MessagePack;

/// <summary>Finds the formatter of a type.</summary>
public interface IFormatterResolver
{
    /// <summary>The formatter of <typeparamref name="T"/>, or null when this resolver has none.</summary>
    IMessagePackFormatter<T>? GetFormatter<T>();
}
