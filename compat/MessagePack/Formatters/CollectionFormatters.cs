using System.Collections.Immutable;
using MessagePack.Internal;

namespace MessagePack.Formatters;

internal sealed class ListFormatter<T> : SequenceFormatter<T, List<T>>
{
    protected override List<T> From(T[] elements, MessagePackSerializerOptions options) => [.. elements];
}

internal sealed class InterfaceListFormatter2<T> : SequenceFormatter<T, IList<T>>
{
    protected override IList<T> From(T[] elements, MessagePackSerializerOptions options) => new List<T>(elements);
}

internal sealed class InterfaceCollectionFormatter2<T> : SequenceFormatter<T, ICollection<T>>
{
    protected override ICollection<T> From(T[] elements, MessagePackSerializerOptions options) => new List<T>(elements);
}

internal sealed class InterfaceEnumerableFormatter<T> : SequenceFormatter<T, IEnumerable<T>>
{
    protected override IEnumerable<T> From(T[] elements, MessagePackSerializerOptions options) => elements;
}

internal sealed class InterfaceReadOnlyListFormatter<T> : SequenceFormatter<T, IReadOnlyList<T>>
{
    protected override IReadOnlyList<T> From(T[] elements, MessagePackSerializerOptions options) => elements;
}

internal sealed class InterfaceReadOnlyCollectionFormatter<T> : SequenceFormatter<T, IReadOnlyCollection<T>>
{
    protected override IReadOnlyCollection<T> From(T[] elements, MessagePackSerializerOptions options) => elements;
}

internal sealed class HashSetFormatter<T> : SequenceFormatter<T, HashSet<T>>
{
    protected override HashSet<T> From(T[] elements, MessagePackSerializerOptions options) =>
        new(elements, options.Security.GetEqualityComparer<T>());
}

internal sealed class InterfaceSetFormatter<T> : SequenceFormatter<T, ISet<T>>
{
    protected override ISet<T> From(T[] elements, MessagePackSerializerOptions options) =>
        new HashSet<T>(elements, options.Security.GetEqualityComparer<T>());
}

internal sealed class InterfaceReadOnlySetFormatter<T> : SequenceFormatter<T, IReadOnlySet<T>>
{
    protected override IReadOnlySet<T> From(T[] elements, MessagePackSerializerOptions options) =>
        new HashSet<T>(elements, options.Security.GetEqualityComparer<T>());
}

internal sealed class QueueFormatter<T> : SequenceFormatter<T, Queue<T>>
{
    protected override Queue<T> From(T[] elements, MessagePackSerializerOptions options) => new(elements);
}

internal sealed class ImmutableListFormatter<T> : SequenceFormatter<T, ImmutableList<T>>
{
    protected override ImmutableList<T> From(T[] elements, MessagePackSerializerOptions options) => [.. elements];
}

internal sealed class ImmutableHashSetFormatter<T> : SequenceFormatter<T, ImmutableHashSet<T>>
{
    protected override ImmutableHashSet<T> From(T[] elements, MessagePackSerializerOptions options) =>
        ImmutableHashSet.CreateRange(options.Security.GetEqualityComparer<T>(), elements);
}

/// <summary>An array value; the default (not even empty) array is nil.</summary>
internal sealed class ImmutableArrayFormatter<T> : IMessagePackFormatter<ImmutableArray<T>>
{
    public void Serialize(ref MessagePackWriter writer, ImmutableArray<T> value, MessagePackSerializerOptions options)
    {
        if (value.IsDefault)
        {
            writer.WriteNil();
        }
        else
        {
            ElementRun<T>.Write(ref writer, value.AsSpan(), options);
        }
    }

    public ImmutableArray<T> Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
        reader.TryReadNil()
            ? default
            : System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(ElementRun<T>.Read(ref reader, options));
}

internal sealed class MemoryFormatter<T> : IMessagePackFormatter<Memory<T>>
{
    public void Serialize(ref MessagePackWriter writer, Memory<T> value, MessagePackSerializerOptions options) =>
        ElementRun<T>.Write(ref writer, value.Span, options);

    public Memory<T> Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
        reader.TryReadNil() ? default : ElementRun<T>.Read(ref reader, options);
}

internal sealed class ReadOnlyMemoryFormatter<T> : IMessagePackFormatter<ReadOnlyMemory<T>>
{
    public void Serialize(ref MessagePackWriter writer, ReadOnlyMemory<T> value, MessagePackSerializerOptions options) =>
        ElementRun<T>.Write(ref writer, value.Span, options);

    public ReadOnlyMemory<T> Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
        reader.TryReadNil() ? default : ElementRun<T>.Read(ref reader, options);
}
