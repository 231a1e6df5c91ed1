namespace PairUni.Data.Features;

/// <summary>Finds images that repeat an earlier one but for encoding, size or grain.</summary>
public static class NearDuplicates
{
    /// <summary>For each hash the first earlier one that is near; -1 where there is none. One that repeats another is itself no first.</summary>
    /// <param name="hashes">In the order of the data; null for an image without one.</param>
    public static int[] Firsts(IReadOnlyList<PerceptualHash?> hashes)
    {
        var firsts = new int[hashes.Count];
        Array.Fill(firsts, -1);
        // Each against the originals before it; blocks let the comparisons run on all cores and the result stay that of going in order.
        const int block = 2048;
        var originals = new List<int>();
        for (var start = 0; start < hashes.Count; start += block)
        {
            var (end, known) = (Math.Min(start + block, hashes.Count), originals.Count);
            Parallel.For(start, end, i => firsts[i] = hashes[i] is { } hash ? Match(hash, hashes, originals, 0, known) : -1);
            for (var i = start; i < end; i++)
            {
                if (firsts[i] < 0 && hashes[i] is { } hash)
                    firsts[i] = Match(hash, hashes, originals, known, originals.Count);
                if (firsts[i] < 0)
                    originals.Add(i);
            }
        }
        return firsts;
    }

    private static int Match(PerceptualHash hash, IReadOnlyList<PerceptualHash?> hashes, List<int> originals, int from, int to)
    {
        for (var i = from; i < to; i++)
            if (hashes[originals[i]] is { } other && hash.IsNear(other))
                return originals[i];
        return -1;
    }
}
