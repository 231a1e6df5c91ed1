using MessagePack.Internal;

namespace MessagePack.Formatters;

/// <summary>A type with MessagePack attributes (or a tuple), read and written by code emitted once for it.</summary>
internal sealed class ObjectFormatter<T> : IMessagePackFormatter<T?>
{
    private readonly ObjectWriter<T> _write;
    private readonly ObjectReader<T> _read;

    public ObjectFormatter(ObjectLayout layout)
    {
        _write = ObjectEmitter.Writer<T>(layout);
        _read = ObjectEmitter.Reader<T>(layout);
    }

    public void Serialize(ref MessagePackWriter writer, T? value, MessagePackSerializerOptions options)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        if (value is IMessagePackSerializationCallbackReceiver receiver)
        {
            receiver.OnBeforeSerialize();
            value = (T)receiver;
        }

        _write(ref writer, ref value, options);
    }

    public T? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        if (reader.TryReadNil())
        {
            return default(T) is null
                ? default
                : throw new MessagePackSerializationException($"{typeof(T).FullName} is a struct, but the data has nil.");
        }

        options.Security.DepthStep(ref reader);
        var value = _read(ref reader, options);
        reader.Depth--;
        if (value is IMessagePackSerializationCallbackReceiver receiver)
        {
            receiver.OnAfterDeserialize();
            value = (T)receiver;
        }

        return value;
    }
}
