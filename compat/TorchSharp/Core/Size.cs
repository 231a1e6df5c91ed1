using System.Collections;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The lengths of a tensor's dimensions.</summary>
    public struct Size : IEnumerable<long>
    {
        private readonly long[]? shape;

        public Size(long[] shape) => this.shape = (long[])shape.Clone();

        public Size(IEnumerable<long> shape) => this.shape = [.. shape];

        public Size(int[] shape) => this.shape = System.Array.ConvertAll(shape, length => (long)length);

        public Size(long size) => shape = [size];

        public Size((long, long) size) => shape = [size.Item1, size.Item2];

        public Size((long, long, long) size) => shape = [size.Item1, size.Item2, size.Item3];

        public Size((long, long, long, long) size) => shape = [size.Item1, size.Item2, size.Item3, size.Item4];

        public Size(int size) => shape = [size];

        public Size((int, int) size) => shape = [size.Item1, size.Item2];

        public Size((int, int, int) size) => shape = [size.Item1, size.Item2, size.Item3];

        public Size((int, int, int, int) size) => shape = [size.Item1, size.Item2, size.Item3, size.Item4];

#pragma warning disable CA2211 // A field as in the package that this assembly stands in for.
        public static Size Empty = new(System.Array.Empty<long>());
#pragma warning restore CA2211

        public bool IsEmpty => Length == 0;

        public bool IsScalar => Length == 0;

        public int Length => Array.Length;

        public long this[int idx] => Array[idx];

        public long this[long idx] => Array[idx];

        public long[] Shape => Array;

        private long[] Array => shape ?? [];

        public static implicit operator Size(long size) => new(size);
        public static implicit operator Size((long, long) size) => new(size);
        public static implicit operator Size((long, long, long) size) => new(size);
        public static implicit operator Size((long, long, long, long) size) => new(size);
        public static implicit operator Size(long[] size) => new(size);
        public static Size operator +(Size left, Size right) => new(left.Array.Concat(right.Array));
        public static Size operator +(Size left, IEnumerable<long> right) => new(left.Array.Concat(right));
        public static bool operator ==(Size left, Size right) => left.Array.AsSpan().SequenceEqual(right.Array);
        public static bool operator !=(Size left, Size right) => !(left == right);

        public override bool Equals(object? obj) => obj is Size other && this == other;

        /// <summary>The lengths from <paramref name="first"/> up to, without, <paramref name="next"/>.</summary>
        public Size Slice(int first, int next) => new(Array[first..next]);

        public override int GetHashCode() => Array.Aggregate(17, HashCode.Combine);

        public long numel() => Array.Aggregate(1L, (product, length) => product * length);

        public IEnumerable<long> Take(int i) => Array.Take(i);

        public IEnumerator<long> GetEnumerator() => ((IEnumerable<long>)Array).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
