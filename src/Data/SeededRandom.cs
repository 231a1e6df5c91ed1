namespace PairUni.Data;

/// <summary>Chance that depends on a seed and the identity of the work alone: SplitMix64 (Steele, Lea, Flood 2014).</summary>
public sealed class SeededRandom
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private ulong state;

    /// <summary>Starts a stream of its own for each seed and list of keys.</summary>
    public SeededRandom(ulong seed, params ReadOnlySpan<ulong> keys)
    {
        state = Mix(seed + Golden);
        foreach (var key in keys)
            state = Mix(state ^ Mix(key + Golden));
    }

    /// <summary>A uniform whole number in 0 .. <paramref name="bound"/> - 1.</summary>
    public int Next(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        return (int)Math.BigMul(NextBits(), (ulong)bound, out _);
    }

    /// <summary>A uniform whole number in <paramref name="first"/> .. <paramref name="last"/>, both included.</summary>
    public int Between(int first, int last) => first + Next(last - first + 1);

    /// <summary>A uniform number in [0, 1).</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>One of the items.</summary>
    public T Pick<T>(IReadOnlyList<T> items) => items[Next(items.Count)];

    /// <summary>Shuffles in place (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = Next(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>Different items in random order.</summary>
    public T[] Sample<T>(IEnumerable<T> items, int count)
    {
        var pool = items.ToArray();
        Shuffle<T>(pool);
        return pool[..count];
    }

    private ulong NextBits() => Mix(state += Golden);

    private static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
