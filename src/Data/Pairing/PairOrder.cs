namespace PairUni.Data.Pairing;

/// <summary>The order in which a run goes through its pairs: shuffled anew each epoch, from the seed alone.</summary>
/// <param name="seed">Seed of the run.</param>
/// <param name="count">Number of pairs, at least 1.</param>
public sealed class PairOrder(ulong seed, int count)
{
    private readonly Lock sync = new();
    private long cachedEpoch = -1;
    private int[] cached = [];

    /// <summary>Number of pairs of an epoch.</summary>
    public int Count { get; } = count > 0 ? count : throw new ArgumentOutOfRangeException(nameof(count), count, "at least one pair is needed");

    /// <summary>The pair at a position that counts on from epoch to epoch.</summary>
    public int At(long position)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        return Epoch(position / Count)[(int)(position % Count)];
    }

    /// <summary>All pairs in the order of one epoch.</summary>
    public IReadOnlyList<int> Epoch(long epoch)
    {
        lock (sync)
        {
            if (epoch != cachedEpoch)
            {
                cached = [.. Enumerable.Range(0, Count)];
                new SeededRandom(seed, (ulong)epoch).Shuffle<int>(cached);
                cachedEpoch = epoch;
            }
            return cached;
        }
    }
}
