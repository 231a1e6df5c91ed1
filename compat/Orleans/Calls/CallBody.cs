using System.Buffers;
using MessagePack;
using Orleans.Networking;
using Orleans.Wire;

namespace Orleans.Runtime;

/// <summary>Bodies of calls and answers: request values if there are any, then the arguments or the result.</summary>
internal static class CallBody
{
    public static void Write<TArguments>(FrameBuffer frame, RequestContext.RequestValues? values, TArguments arguments, WireOptions options)
    {
        var writer = new MessagePackWriter(frame);
        if (values is not null)
        {
            writer.WriteArrayHeader(2);
            if (values.ReentrancyId == Guid.Empty)
            {
                writer.WriteNil();
            }
            else
            {
                writer.Write(values.ReentrancyId.ToString("N"));
            }

            writer.WriteMapHeader(values.Values.Count);
            foreach (var (key, value) in values.Values)
            {
                writer.Write(key);
                options.Resolver.GetFormatterWithVerify<object?>().Serialize(ref writer, value, options);
            }
        }

        options.Resolver.GetFormatterWithVerify<TArguments>().Serialize(ref writer, arguments, options);
        writer.Flush();
    }

    public static TArguments Read<TArguments>(
        ReadOnlyMemory<byte> body, bool hasValues, WireOptions options, out RequestContext.RequestValues? values)
    {
        var reader = new MessagePackReader(body);
        values = hasValues ? ReadValues(ref reader, options) : null;
        return options.Resolver.GetFormatterWithVerify<TArguments>().Deserialize(ref reader, options);
    }

    public static void Write<TResult>(FrameBuffer frame, TResult result, WireOptions options)
    {
        var writer = new MessagePackWriter(frame);
        options.Resolver.GetFormatterWithVerify<TResult>().Serialize(ref writer, result, options);
        writer.Flush();
    }

    public static TResult Read<TResult>(in ReadOnlySequence<byte> body, WireOptions options)
    {
        var reader = new MessagePackReader(body);
        return options.Resolver.GetFormatterWithVerify<TResult>().Deserialize(ref reader, options);
    }

    public static void WriteException(FrameBuffer frame, Exception exception)
    {
        var writer = new MessagePackWriter(frame);
        ExceptionFormatter.Write(ref writer, exception, 0);
        writer.Flush();
    }

    public static Exception ReadException(in ReadOnlySequence<byte> body)
    {
        try
        {
            var reader = new MessagePackReader(body);
            return ExceptionFormatter.Read(ref reader, 0) ?? new OrleansException("A call failed without an exception.");
        }
        catch (Exception exception)
        {
            return new Serialization.SerializerException($"The exception of a call could not be read: {exception.Message}", exception);
        }
    }

    private static RequestContext.RequestValues? ReadValues(ref MessagePackReader reader, WireOptions options)
    {
        Row.Read(ref reader, 2);
        var id = reader.ReadString() is { } text ? Guid.ParseExact(text, "N") : Guid.Empty;
        var values = RequestContext.RequestValues.None.Values.ToBuilder();
        var count = reader.ReadMapHeader();
        for (var i = 0; i < count; i++)
        {
            var key = reader.ReadString() ?? throw new MessagePackSerializationException("A request value has no name.");
            values[key] = options.Resolver.GetFormatterWithVerify<object?>().Deserialize(ref reader, options)!;
        }

        return RequestContext.RequestValues.Of(values.ToImmutable(), id);
    }
}
