using System.Reflection;
using MessagePack.Formatters;

namespace MessagePack;

/// <summary>Ways to ask a resolver.</summary>
public static class FormatterResolverExtensions
{
    /// <summary>The formatter of <typeparamref name="T"/>; throws <see cref="FormatterNotRegisteredException"/> when there is none.</summary>
    public static IMessagePackFormatter<T> GetFormatterWithVerify<T>(this IFormatterResolver resolver) =>
        resolver.GetFormatter<T>() ?? throw new FormatterNotRegisteredException(
            $"{typeof(T).FullName} is not registered in resolver: {resolver.GetType()}");

    /// <summary>The formatter of <paramref name="type"/> as an object, or null.</summary>
    public static object? GetFormatterDynamic(this IFormatterResolver resolver, Type type) =>
        typeof(IFormatterResolver).GetMethod(nameof(IFormatterResolver.GetFormatter))!.MakeGenericMethod(type)
            .Invoke(resolver, BindingFlags.DoNotWrapExceptions, null, null, null);
}
