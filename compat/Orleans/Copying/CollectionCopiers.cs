using System.Collections.Immutable;
using System.Linq.Expressions;

namespace Orleans.Serialization;

internal sealed class SharedCopier<T> : TypeCopier<T>
{
    public override T Copy(T value, DeepCopier copier) => value;
}

internal sealed class ArrayCopier<T> : TypeCopier<T[]>
{
    private static readonly bool Flat = ImmutableTypes.Contains(typeof(T));

    public override T[] Copy(T[] value, DeepCopier copier)
    {
        if (value.Length == 0)
        {
            return value;
        }

        if (Flat)
        {
            return (T[])value.Clone();
        }

        var copy = new T[value.Length];
        for (var i = 0; i < copy.Length; i++)
        {
            copy[i] = copier.Copy(value[i]);
        }

        return copy;
    }
}

internal sealed class ListCopier<T> : TypeCopier<List<T>>
{
    public override List<T> Copy(List<T> value, DeepCopier copier)
    {
        var copy = new List<T>(value.Count);
        foreach (var item in value)
        {
            copy.Add(copier.Copy(item));
        }

        return copy;
    }
}

internal sealed class HashSetCopier<T> : TypeCopier<HashSet<T>>
{
    public override HashSet<T> Copy(HashSet<T> value, DeepCopier copier) => new(value.Select(copier.Copy), value.Comparer);
}

internal sealed class QueueCopier<T> : TypeCopier<Queue<T>>
{
    public override Queue<T> Copy(Queue<T> value, DeepCopier copier) => new(value.Select(copier.Copy));
}

internal sealed class DictionaryCopier<TKey, TValue> : TypeCopier<Dictionary<TKey, TValue>>
    where TKey : notnull
{
    public override Dictionary<TKey, TValue> Copy(Dictionary<TKey, TValue> value, DeepCopier copier)
    {
        var copy = new Dictionary<TKey, TValue>(value.Count, value.Comparer);
        foreach (var (key, item) in value)
        {
            copy.Add(copier.Copy(key), copier.Copy(item));
        }

        return copy;
    }
}

internal sealed class SortedDictionaryCopier<TKey, TValue> : TypeCopier<SortedDictionary<TKey, TValue>>
    where TKey : notnull
{
    public override SortedDictionary<TKey, TValue> Copy(SortedDictionary<TKey, TValue> value, DeepCopier copier)
    {
        var copy = new SortedDictionary<TKey, TValue>(value.Comparer);
        foreach (var (key, item) in value)
        {
            copy.Add(copier.Copy(key), copier.Copy(item));
        }

        return copy;
    }
}

internal sealed class ImmutableArrayCopier<T> : TypeCopier<ImmutableArray<T>>
{
    public override ImmutableArray<T> Copy(ImmutableArray<T> value, DeepCopier copier) =>
        value.IsDefault ? value : [.. value.Select(copier.Copy)];
}

internal sealed class ImmutableListCopier<T> : TypeCopier<ImmutableList<T>>
{
    public override ImmutableList<T> Copy(ImmutableList<T> value, DeepCopier copier) => [.. value.Select(copier.Copy)];
}

internal sealed class ImmutableDictionaryCopier<TKey, TValue> : TypeCopier<ImmutableDictionary<TKey, TValue>>
    where TKey : notnull
{
    public override ImmutableDictionary<TKey, TValue> Copy(ImmutableDictionary<TKey, TValue> value, DeepCopier copier) =>
        value.ToImmutableDictionary(pair => copier.Copy(pair.Key), pair => copier.Copy(pair.Value), value.KeyComparer, value.ValueComparer);
}

internal sealed class NullableCopier<T> : TypeCopier<T?>
    where T : struct
{
    public override T? Copy(T? value, DeepCopier copier) => value is { } present ? copier.Copy(present) : null;
}

internal sealed class KeyValuePairCopier<TKey, TValue> : TypeCopier<KeyValuePair<TKey, TValue>>
{
    public override KeyValuePair<TKey, TValue> Copy(KeyValuePair<TKey, TValue> value, DeepCopier copier) =>
        new(copier.Copy(value.Key), copier.Copy(value.Value));
}

internal sealed class ReadOnlyMemoryCopier<T> : TypeCopier<ReadOnlyMemory<T>>
{
    public override ReadOnlyMemory<T> Copy(ReadOnlyMemory<T> value, DeepCopier copier) => copier.Copy(value.ToArray());
}

internal sealed class MemoryCopier<T> : TypeCopier<Memory<T>>
{
    public override Memory<T> Copy(Memory<T> value, DeepCopier copier) => copier.Copy(value.ToArray());
}

/// <summary>Any tuple: a new one of the copied items.</summary>
internal sealed class TupleCopier<T> : TypeCopier<T>
{
    private readonly Func<T, DeepCopier, T> _copy = Compile();

    public override T Copy(T value, DeepCopier copier) => _copy(value, copier);

    private static Func<T, DeepCopier, T> Compile()
    {
        var value = Expression.Parameter(typeof(T));
        var copier = Expression.Parameter(typeof(DeepCopier));
        var types = typeof(T).GetGenericArguments();
        var items = types.Select((type, i) => (Expression)Expression.Call(
            copier, nameof(DeepCopier.Copy), [type], Expression.PropertyOrField(value, i < 7 ? $"Item{i + 1}" : "Rest")));
        return Expression.Lambda<Func<T, DeepCopier, T>>(Expression.New(typeof(T).GetConstructor(types)!, items), value, copier).Compile();
    }
}
