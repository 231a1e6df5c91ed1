using MessagePack.Internal;

namespace MessagePack.Formatters;

/// <summary>A dictionary as a map value in enumeration order. Null is nil; a repeated key is an error.</summary>
internal abstract class PairsFormatter<TKey, TValue, TDictionary> : IMessagePackFormatter<TDictionary?>
    where TKey : notnull
    where TDictionary : class, IEnumerable<KeyValuePair<TKey, TValue>>
{
    public void Serialize(ref MessagePackWriter writer, TDictionary? value, MessagePackSerializerOptions options)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        var keys = MemberValue.Formatter<TKey>(options);
        var values = MemberValue.Formatter<TValue>(options);
        writer.WriteMapHeader(value.TryGetNonEnumeratedCount(out var count) ? count : value.Count());
        foreach (var (key, item) in value)
        {
            writer.CancellationToken.ThrowIfCancellationRequested();
            keys.Serialize(ref writer, key, options);
            values.Serialize(ref writer, item, options);
        }
    }

    public TDictionary? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        var keys = MemberValue.Formatter<TKey>(options);
        var values = MemberValue.Formatter<TValue>(options);
        var count = reader.ReadMapHeader();
        var pairs = new Dictionary<TKey, TValue>(count, options.Security.GetEqualityComparer<TKey>());
        options.Security.DepthStep(ref reader);
        for (var i = 0; i < count; i++)
        {
            reader.CancellationToken.ThrowIfCancellationRequested();
            var key = keys.Deserialize(ref reader, options);
            pairs.Add(key, values.Deserialize(ref reader, options));
        }

        reader.Depth--;
        return From(pairs);
    }

    protected abstract TDictionary From(Dictionary<TKey, TValue> pairs);
}
