using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MessagePack.Internal;

/// <summary>Equality as usual, hash codes that depend on a random seed of the process, for keys read from untrusted bytes.</summary>
internal sealed class SeededComparer<T> : IEqualityComparer<T>
{
    public static readonly IEqualityComparer<T> Instance =
        typeof(T) == typeof(string) ? EqualityComparer<T>.Default : new SeededComparer<T>();

    public bool Equals(T? x, T? y) => EqualityComparer<T>.Default.Equals(x, y);

    public int GetHashCode(T obj)
    {
        if (obj is null)
        {
            return 0;
        }

        // Whole bits only where equal values have equal bits: 0.0 and -0.0, NaNs and padded structs do not.
        if (typeof(T) == typeof(long) || typeof(T) == typeof(ulong) || typeof(T) == typeof(Guid) || typeof(T) == typeof(TimeSpan))
        {
            var hash = new HashCode();
            hash.AddBytes(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<T, byte>(ref obj), Unsafe.SizeOf<T>()));
            return hash.ToHashCode();
        }

        return HashCode.Combine(obj.GetHashCode());
    }
}
