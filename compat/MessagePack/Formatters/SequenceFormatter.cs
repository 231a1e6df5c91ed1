using MessagePack.Internal;

namespace MessagePack.Formatters;

/// <summary>A collection as an array value: a header, then the elements in enumeration order. Null is nil.</summary>
internal abstract class SequenceFormatter<T, TCollection> : IMessagePackFormatter<TCollection?>
    where TCollection : class, IEnumerable<T>
{
    public void Serialize(ref MessagePackWriter writer, TCollection? value, MessagePackSerializerOptions options)
    {
        switch (value)
        {
            case null:
                writer.WriteNil();
                break;
            case T[] array:
                ElementRun<T>.Write(ref writer, array, options);
                break;
            case List<T> list:
                ElementRun<T>.Write(ref writer, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(list), options);
                break;
            default:
                ElementRun<T>.Write(ref writer, value.ToArray(), options);
                break;
        }
    }

    public TCollection? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
        reader.TryReadNil() ? null : From(ElementRun<T>.Read(ref reader, options), options);

    protected abstract TCollection From(T[] elements, MessagePackSerializerOptions options);
}
