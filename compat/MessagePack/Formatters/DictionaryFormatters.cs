using System.Collections.Immutable;

namespace MessagePack.Formatters;

internal sealed class DictionaryFormatter<TKey, TValue> : PairsFormatter<TKey, TValue, Dictionary<TKey, TValue>>
    where TKey : notnull
{
    protected override Dictionary<TKey, TValue> From(Dictionary<TKey, TValue> pairs) => pairs;
}

internal sealed class InterfaceDictionaryFormatter<TKey, TValue> : PairsFormatter<TKey, TValue, IDictionary<TKey, TValue>>
    where TKey : notnull
{
    protected override IDictionary<TKey, TValue> From(Dictionary<TKey, TValue> pairs) => pairs;
}

internal sealed class InterfaceReadOnlyDictionaryFormatter<TKey, TValue> : PairsFormatter<TKey, TValue, IReadOnlyDictionary<TKey, TValue>>
    where TKey : notnull
{
    protected override IReadOnlyDictionary<TKey, TValue> From(Dictionary<TKey, TValue> pairs) => pairs;
}

internal sealed class SortedDictionaryFormatter<TKey, TValue> : PairsFormatter<TKey, TValue, SortedDictionary<TKey, TValue>>
    where TKey : notnull
{
    protected override SortedDictionary<TKey, TValue> From(Dictionary<TKey, TValue> pairs) => new(pairs);
}

internal sealed class ImmutableDictionaryFormatter<TKey, TValue> : PairsFormatter<TKey, TValue, ImmutableDictionary<TKey, TValue>>
    where TKey : notnull
{
    protected override ImmutableDictionary<TKey, TValue> From(Dictionary<TKey, TValue> pairs) =>
        ImmutableDictionary.CreateRange(pairs.Comparer, pairs);
}

internal sealed class ImmutableSortedDictionaryFormatter<TKey, TValue> : PairsFormatter<TKey, TValue, ImmutableSortedDictionary<TKey, TValue>>
    where TKey : notnull
{
    protected override ImmutableSortedDictionary<TKey, TValue> From(Dictionary<TKey, TValue> pairs) => ImmutableSortedDictionary.CreateRange(pairs);
}

/// <summary>[key, value].</summary>
internal sealed class KeyValuePairFormatter<TKey, TValue> : IMessagePackFormatter<KeyValuePair<TKey, TValue>>
{
    public void Serialize(ref MessagePackWriter writer, KeyValuePair<TKey, TValue> value, MessagePackSerializerOptions options)
    {
        writer.WriteArrayHeader(2);
        Internal.MemberValue.Write(ref writer, value.Key, options);
        Internal.MemberValue.Write(ref writer, value.Value, options);
    }

    public KeyValuePair<TKey, TValue> Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        if (reader.ReadArrayHeader() != 2)
        {
            throw new MessagePackSerializationException("Invalid KeyValuePair format.");
        }

        options.Security.DepthStep(ref reader);
        var key = Internal.MemberValue.Read<TKey>(ref reader, options);
        var value = Internal.MemberValue.Read<TValue>(ref reader, options);
        reader.Depth--;
        return new KeyValuePair<TKey, TValue>(key, value);
    }
}
