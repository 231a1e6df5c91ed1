using System.Collections.Concurrent;

namespace Orleans.Serialization;

/// <summary>Copies arguments and results the way a wire would, so that caller and grain never share an object that can change.</summary>
internal sealed class DeepCopier(MessagePackTypes messagePack)
{
    private readonly ConcurrentDictionary<Type, TypeCopier> _copiers = new();

    /// <summary>A copy of <paramref name="value"/> by its run-time type; throws <see cref="CodecNotFoundException"/> for a type that nothing can copy.</summary>
    public T Copy<T>(T value)
    {
        if (value is null || Shared<T>.Always)
        {
            return value;
        }

        var type = typeof(T).IsValueType || typeof(T).IsSealed ? typeof(T) : value.GetType();
        var copier = For(type);
        return copier is TypeCopier<T> exact ? exact.Copy(value, this) : (T)copier.CopyObject(value, this);
    }

    public TypeCopier For(Type type) =>
        _copiers.TryGetValue(type, out var copier) ? copier : _copiers.GetOrAdd(type, TypeCopiers.Create(type, messagePack));

    private static class Shared<T>
    {
        public static readonly bool Always = ImmutableTypes.Contains(typeof(T)) && (typeof(T).IsValueType || typeof(T).IsSealed);
    }
}
