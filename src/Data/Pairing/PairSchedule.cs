using PairUni.Data.PairUg;

namespace PairUni.Data.Pairing;

/// <summary>Which pair a run trains in which slot of which step, under a pairing mode.</summary>
public sealed class PairSchedule
{
    private const ulong PartnerKey = 1;
    private const ulong UnderstandKey = 2;
    private readonly IReadOnlyList<PairRecord> records;
    private readonly PairingMode mode;
    private readonly PairOrder generate;
    private readonly PairOrder understand;
    private readonly int[] partner;

    /// <summary>Fixes data, mode, seed and how often pairs come.</summary>
    /// <exception cref="DataFileException">No pair would ever come.</exception>
    public PairSchedule(IReadOnlyList<PairRecord> records, PairingMode mode, ulong seed, PairSampling sampling = PairSampling.Once)
    {
        this.records = records;
        this.mode = mode;
        generate = new PairOrder(seed, records.Count, Shares(records, sampling));
        understand = new PairOrder(unchecked(seed + (UnderstandKey << 32)), records.Count);
        partner = [.. Enumerable.Range(0, records.Count)];
        new SeededRandom(seed, PartnerKey).Shuffle<int>(partner);
    }

    /// <summary>Number of pairs of an epoch.</summary>
    public int Count => records.Count;

    /// <summary>The pair at a position that counts on from step to step (step x pairs per step + slot).</summary>
    /// <remarks>A pair that the mode puts together has similarity 1 (weight 1): the ablations are about the partners, not the weight.</remarks>
    public PairRecord At(long position)
    {
        var first = generate.At(position);
        return mode switch
        {
            PairingMode.Paired => records[first],
            PairingMode.Random => Join(first, partner[first]),
            PairingMode.Unpaired => Join(first, understand.At(position)),
            _ => throw new ArgumentOutOfRangeException(nameof(position), mode, "not a pairing mode"),
        };
    }

    private static double[]? Shares(IReadOnlyList<PairRecord> records, PairSampling sampling)
    {
        double[]? shares = sampling switch
        {
            PairSampling.Once => null,
            PairSampling.Similarity => [.. records.Select(Similarity)],
            PairSampling.Sqrt => [.. records.Select(record => Math.Sqrt(Similarity(record)))],
            PairSampling.Weight => [.. records.Select(record => record.Weight ?? 1)],
            _ => throw new ArgumentOutOfRangeException(nameof(sampling), sampling, "not a way of sampling"),
        };
        return shares is null || shares.Any(share => share > 0) ? shares
            : throw new DataFileException($"data.sampling is {sampling.ToString().ToLowerInvariant()}, but that of every pair is 0; give some pairs more, or sample each once.");
    }

    private static double Similarity(PairRecord record) => record.Aligned ? 1 : record.Similarity ?? 1;

    private PairRecord Join(int generateFrom, int understandFrom) =>
        new() { Similarity = 1, Generate = records[generateFrom].Generate, Understand = records[understandFrom].Understand };
}
