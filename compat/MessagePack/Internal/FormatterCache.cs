using MessagePack.Formatters;

namespace MessagePack.Internal;

/// <summary>The standard formatter of a type, made once; null when there is none.</summary>
internal static class FormatterCache<T>
{
    public static readonly IMessagePackFormatter<T>? Formatter = Create();

    private static IMessagePackFormatter<T>? Create()
    {
        try
        {
            return (IMessagePackFormatter<T>?)FormatterFactory.Create(typeof(T));
        }
        catch (Exception exception)
        {
            // A type initializer must not throw: the type would be lost for the process with a misleading error.
            return new UnusableFormatter<T>(exception);
        }
    }
}
