using MessagePack;
using MessagePack.Formatters;
using Orleans.Concurrency;
using Orleans.Streams;

namespace Orleans.Wire;

/// <summary>A value that says nothing.</summary>
internal sealed class NilFormatterOf<T> : IMessagePackFormatter<T>
    where T : struct
{
    public void Serialize(ref MessagePackWriter writer, T value, MessagePackSerializerOptions options) => writer.WriteNil();

    public T Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        reader.ReadNil();
        return default;
    }
}

/// <summary>Ticks and kind, which a MessagePack timestamp would lose.</summary>
internal sealed class DateTimeKindFormatter : IMessagePackFormatter<DateTime>
{
    public void Serialize(ref MessagePackWriter writer, DateTime value, MessagePackSerializerOptions options) => writer.Write(value.ToBinary());

    public DateTime Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) => DateTime.FromBinary(reader.ReadInt64());
}

/// <summary>The value itself.</summary>
internal sealed class ImmutableFormatter<T> : IMessagePackFormatter<Immutable<T>>
{
    public void Serialize(ref MessagePackWriter writer, Immutable<T> value, MessagePackSerializerOptions options) =>
        options.Resolver.GetFormatterWithVerify<T>().Serialize(ref writer, value.Value, options);

    public Immutable<T> Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
        new(options.Resolver.GetFormatterWithVerify<T>().Deserialize(ref reader, options));
}

/// <summary>[ended, items].</summary>
internal sealed class StreamBatchFormatter<T> : IMessagePackFormatter<StreamBatch<T>>
{
    public void Serialize(ref MessagePackWriter writer, StreamBatch<T> value, MessagePackSerializerOptions options)
    {
        writer.WriteArrayHeader(2);
        writer.Write(value.Ended);
        options.Resolver.GetFormatterWithVerify<T[]>().Serialize(ref writer, value.Items, options);
    }

    public StreamBatch<T> Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        Row.Read(ref reader, 2);
        var ended = reader.ReadBoolean();
        return new(options.Resolver.GetFormatterWithVerify<T[]>().Deserialize(ref reader, options), ended);
    }
}

/// <summary>Eight arguments and more: seven, then the rest as one value.</summary>
internal sealed class LongTupleFormatter<T1, T2, T3, T4, T5, T6, T7, TRest> : IMessagePackFormatter<ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest>>
    where TRest : struct
{
    public void Serialize(ref MessagePackWriter writer, ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest> value, MessagePackSerializerOptions options)
    {
        writer.WriteArrayHeader(2);
        options.Resolver.GetFormatterWithVerify<(T1, T2, T3, T4, T5, T6, T7)>().Serialize(
            ref writer, (value.Item1, value.Item2, value.Item3, value.Item4, value.Item5, value.Item6, value.Item7), options);
        options.Resolver.GetFormatterWithVerify<TRest>().Serialize(ref writer, value.Rest, options);
    }

    public ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest> Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        Row.Read(ref reader, 2);
        var (one, two, three, four, five, six, seven) = options.Resolver.GetFormatterWithVerify<(T1, T2, T3, T4, T5, T6, T7)>().Deserialize(ref reader, options);
        return new(one, two, three, four, five, six, seven, options.Resolver.GetFormatterWithVerify<TRest>().Deserialize(ref reader, options));
    }
}

/// <summary>Arrays of a fixed length.</summary>
internal static class Row
{
    public static void Read(ref MessagePackReader reader, int count)
    {
        if (reader.ReadArrayHeader() is var found && found != count)
        {
            throw new MessagePackSerializationException($"Expected {count} values but found {found}.");
        }
    }
}
