using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace TorchSharp.Utils;

/// <summary>The elements of a tensor as .NET values, in row-major order whatever the strides.</summary>
public sealed unsafe class TensorAccessor<T> : IDisposable, IEnumerable<T>
    where T : unmanaged
{
    private readonly torch.Tensor tensor;
    private readonly bool copied;
    private readonly long[] shape;
    private readonly long[] strides;
    private readonly bool contiguous;
    private readonly T* data;

    internal TensorAccessor(torch.Tensor source)
    {
        copied = !source.is_cpu();
        tensor = copied ? source.cpu().DetachFromDisposeScope() : source;
        shape = tensor.shape;
        strides = tensor.stride();
        contiguous = tensor.is_contiguous();
        Count = tensor.numel();
        data = (T*)tensor.DataPointer;
    }

    public long Count { get; }

    public bool IsReadOnly => false;

    /// <summary>One index for a flat position, or one for each dimension.</summary>
    /// <exception cref="IndexOutOfRangeException">A position lies outside the tensor.</exception>
    public T this[params long[] indices]
    {
        get
        {
            var value = *At(indices);
            GC.KeepAlive(tensor);
            return value;
        }
        set
        {
            *At(indices) = value;
            GC.KeepAlive(tensor);
        }
    }

    public T[] ToArray()
    {
        var array = new T[Count];
        CopyTo(array.AsSpan());
        return array;
    }

    /// <summary>A .NET array of the tensor's shape (for a scalar, one element).</summary>
    public Array ToNDArray()
    {
        var array = shape.Length == 0 ? Array.CreateInstance(typeof(T), 1) : Array.CreateInstance(typeof(T), shape);
        var flat = ToArray();
        Buffer.BlockCopy(flat, 0, array, 0, flat.Length * sizeof(T));
        return array;
    }

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var target = array[arrayIndex..];
        var count = (int)Math.Min(target.Length, Count - tensorIndex);
        if (contiguous)
            new ReadOnlySpan<T>(data + tensorIndex, count).CopyTo(target);
        else
            for (var i = 0; i < count; i++)
                target[i] = *Flat(tensorIndex + i);
        GC.KeepAlive(tensor);
    }

    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyFrom((ReadOnlySpan<T>)array, arrayIndex, tensorIndex);

    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var source = array[arrayIndex..];
        var count = (int)Math.Min(source.Length, Count - tensorIndex);
        for (var i = 0; i < count; i++)
            *Flat(tensorIndex + i) = source[i];
        GC.KeepAlive(tensor);
    }

    public static bool operator ==(TensorAccessor<T>? left, TensorAccessor<T>? right) =>
        left is null || right is null ? ReferenceEquals(left, right) : left.Count == right.Count && left.SequenceEqual(right);

    public static bool operator !=(TensorAccessor<T>? left, TensorAccessor<T>? right) => !(left == right);

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is TensorAccessor<T> other && this == other;

    public override int GetHashCode() => HashCode.Combine(Count, Count > 0 ? *data : default);

    public void Dispose()
    {
        if (copied)
            tensor.Dispose();
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (long i = 0; i < Count; i++)
            yield return Read(i);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private T Read(long flat)
    {
        var value = *Flat(flat);
        GC.KeepAlive(tensor);
        return value;
    }

    private T* At(long[] indices)
    {
        if (indices.Length == 1)
        {
            if (indices[0] < 0 || indices[0] >= Count)
                throw new IndexOutOfRangeException();
            return Flat(indices[0]);
        }

        if (indices.Length != shape.Length)
            throw new IndexOutOfRangeException($"{indices.Length} indices do not fit {shape.Length} dimensions.");
        long offset = 0;
        for (var i = 0; i < indices.Length; i++)
        {
            if (indices[i] < 0 || indices[i] >= shape[i])
                throw new IndexOutOfRangeException();
            offset += indices[i] * strides[i];
        }

        return data + offset;
    }

    private T* Flat(long flat)
    {
        if (contiguous)
            return data + flat;
        long offset = 0;
        for (var i = shape.Length - 1; i >= 0; i--)
        {
            offset += flat % shape[i] * strides[i];
            flat /= shape[i];
        }

        return data + offset;
    }
}
