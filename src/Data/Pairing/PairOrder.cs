namespace PairUni.Data.Pairing;

/// <summary>The order in which a run goes through its pairs: shuffled anew each epoch, from the seed alone.</summary>
/// <param name="seed">Seed of the run.</param>
/// <param name="count">Number of pairs, at least 1.</param>
/// <param name="shares">
/// How often each pair comes relative to the others; null: once an epoch. An epoch has as many places as there are pairs, and each pair gets
/// its share of them rounded up or down by chance (systematic resampling).
/// </param>
public sealed class PairOrder(ulong seed, int count, IReadOnlyList<double>? shares = null)
{
    private const ulong SharesKey = 3;
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
                cached = shares is null ? [.. Enumerable.Range(0, Count)] : Drawn(shares, new SeededRandom(seed, SharesKey, (ulong)epoch).NextDouble());
                new SeededRandom(seed, (ulong)epoch).Shuffle<int>(cached);
                cachedEpoch = epoch;
            }
            return cached;
        }
    }

    // A comb of Count equally spaced teeth over the pairs laid end to end; the offset moves it.
    private int[] Drawn(IReadOnlyList<double> lengths, double offset)
    {
        var (drawn, total, pair, end) = (new int[Count], lengths.Sum(), 0, lengths[0]);
        for (var tooth = 0; tooth < Count; tooth++)
        {
            while (end < (tooth + offset) * total / Count && pair + 1 < Count)
                end += lengths[++pair];
            drawn[tooth] = pair;
        }
        return drawn;
    }
}
