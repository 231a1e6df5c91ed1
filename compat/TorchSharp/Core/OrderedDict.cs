using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace TorchSharp.Utils;

/// <summary>A dictionary that keeps the order of insertion and can be indexed by it.</summary>
public class OrderedDict<TKey, TValue> : IDictionary<TKey, TValue>, IList<(TKey, TValue)>
    where TKey : notnull
{
    private readonly List<(TKey, TValue)> entries = [];
    private readonly Dictionary<TKey, TValue> byKey = [];

    public int Count => entries.Count;

    public bool IsReadOnly => false;

    public ICollection<TKey> Keys => entries.ConvertAll(entry => entry.Item1);

    public ICollection<TValue> Values => entries.ConvertAll(entry => entry.Item2);

    public (TKey, TValue) this[int index]
    {
        get => entries[index];
        set
        {
            byKey.Remove(entries[index].Item1);
            byKey.Add(value.Item1, value.Item2);
            entries[index] = value;
        }
    }

    public TValue this[TKey key]
    {
        get => byKey[key];
        set
        {
            if (!byKey.ContainsKey(key))
            {
                Add(key, value);
                return;
            }

            byKey[key] = value;
            entries[Place(key)] = (key, value);
        }
    }

    public IEnumerator<(TKey, TValue)> items() => entries.GetEnumerator();

    public IEnumerable<TKey> keys() => Keys;

    public IEnumerable<TValue> values() => Values;

    public void clear() => Clear();

    public void Add((TKey, TValue) item) => Add(item.Item1, item.Item2);

    public void Add(TKey key, TValue value)
    {
        byKey.Add(key, value);
        entries.Add((key, value));
    }

    public void Add(KeyValuePair<TKey, TValue> item) => Add(item.Key, item.Value);

    public bool Contains((TKey, TValue) item) => entries.Contains(item);

    public bool Contains(KeyValuePair<TKey, TValue> item) => entries.Contains((item.Key, item.Value));

    public bool ContainsKey(TKey key) => byKey.ContainsKey(key);

    public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out TValue value) => byKey.TryGetValue(key, out value);

    public int IndexOf((TKey, TValue) item) => entries.IndexOf(item);

    public void Insert(int index, (TKey, TValue) item)
    {
        byKey.Add(item.Item1, item.Item2);
        entries.Insert(index, item);
    }

    public bool Remove(TKey key)
    {
        if (!byKey.Remove(key))
            return false;
        entries.RemoveAt(Place(key));
        return true;
    }

    public bool Remove((TKey, TValue) item) => Contains(item) && Remove(item.Item1);

    public bool Remove(KeyValuePair<TKey, TValue> item) => Remove((item.Key, item.Value));

    public void RemoveAt(int index) => Remove(entries[index].Item1);

    public void Clear()
    {
        entries.Clear();
        byKey.Clear();
    }

    public void CopyTo((TKey, TValue)[] array, int arrayIndex) => entries.CopyTo(array, arrayIndex);

    public void CopyTo(KeyValuePair<TKey, TValue>[] array, int arrayIndex) =>
        entries.ConvertAll(entry => KeyValuePair.Create(entry.Item1, entry.Item2)).CopyTo(array, arrayIndex);

    public IEnumerator<(TKey, TValue)> GetEnumerator() => entries.GetEnumerator();

    IEnumerator<KeyValuePair<TKey, TValue>> IEnumerable<KeyValuePair<TKey, TValue>>.GetEnumerator() =>
        entries.ConvertAll(entry => KeyValuePair.Create(entry.Item1, entry.Item2)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => entries.GetEnumerator();

    internal List<(TKey, TValue)> Snapshot() => [.. entries];

    private int Place(TKey key) => entries.FindIndex(entry => EqualityComparer<TKey>.Default.Equals(entry.Item1, key));
}
