using System.Runtime.Intrinsics;

namespace PairUni.Data.Pairing;

/// <summary>Sifts the approximate cosines of one query: keeps every row that may be among its nearest.</summary>
internal sealed class QueryScan
{
    private const int Lanes = 16;
    private readonly int most;
    private readonly float least;
    private readonly PriorityQueue<int, float> best = new();
    private readonly List<(int Row, float Approximate)> candidates = [];
    private float error;
    private float scale;
    private float cut;

    /// <param name="most">How many neighbours are asked for.</param>
    /// <param name="least">Least cosine of a neighbour.</param>
    public QueryScan(int most, float least) => (this.most, this.least) = (most, least);

    /// <summary>Begins with another query.</summary>
    /// <param name="queryScale">What a step of its numbers stands for.</param>
    /// <param name="bound">How far an approximate cosine may be from the true one.</param>
    public void Begin(float queryScale, float bound)
    {
        (scale, error) = (queryScale, bound);
        cut = least - error;
        best.Clear();
        candidates.Clear();
    }

    /// <summary>Sifts the products with consecutive rows.</summary>
    /// <param name="products">Integers of <see cref="Modeling.Host.Int8Products"/>.</param>
    /// <param name="first">Index of the first of these rows.</param>
    /// <param name="rows">All rows.</param>
    /// <param name="allowed">Rows that count; null when all do.</param>
    public void Add(ReadOnlySpan<int> products, int first, QuantisedRows rows, bool[]? allowed)
    {
        var shifts = rows.Shifts.AsSpan(first, products.Length);
        var scales = rows.Scales.AsSpan(first, products.Length);
        var factor = Vector512.Create(scale);
        var i = 0;
        for (; i + Lanes <= products.Length; i += Lanes)
        {
            var cosines = Vector512.ConvertToSingle(Vector512.Create(products.Slice(i, Lanes)) - Vector512.Create(shifts.Slice(i, Lanes)))
                * Vector512.Create(scales.Slice(i, Lanes)) * factor;
            for (var hits = Vector512.GreaterThanOrEqual(cosines, Vector512.Create(cut)).ExtractMostSignificantBits(); hits != 0; hits &= hits - 1)
            {
                var lane = System.Numerics.BitOperations.TrailingZeroCount(hits);
                Consider(first + i + lane, cosines[lane], allowed);
            }
        }
        for (; i < products.Length; i++)
        {
            var cosine = (float)(products[i] - shifts[i]) * scales[i] * scale;
            if (cosine >= cut)
                Consider(first + i, cosine, allowed);
        }
    }

    /// <summary>The row with the largest approximate cosine, the smaller index among equals; -1 when there is none.</summary>
    public int Nearest()
    {
        var (row, cosine) = (-1, float.NegativeInfinity);
        foreach (var candidate in candidates)
            if (candidate.Approximate > cosine)
                (row, cosine) = candidate;
        return row;
    }

    /// <summary>Computes the true cosines of what was kept.</summary>
    public Neighbours Finish(ReadOnlySpan<float> query, FeatureMatrix rows, int kept)
    {
        // Every row with a cosine of at least the bound was kept, and at least as many as were asked for have one.
        var bound = best.Count == most ? Math.Min(Worst() - error, 1) : float.NegativeInfinity;
        var found = new List<(float Cosine, int Row)>();
        foreach (var (row, approximate) in candidates)
        {
            if (approximate < bound - error)
                continue;
            var cosine = Math.Min(VectorMath.Dot(rows[row], query), 1);
            if (cosine >= bound && cosine >= least)
                found.Add((cosine, row));
        }
        found.Sort(static (a, b) => a.Cosine != b.Cosine ? b.Cosine.CompareTo(a.Cosine) : a.Row.CompareTo(b.Row));
        float? rest = bound > least ? bound : null;
        if (found.Count > kept)
        {
            found.RemoveRange(kept, found.Count - kept);
            rest = found[^1].Cosine;
        }
        return new([.. found.Select(entry => entry.Row)], [.. found.Select(entry => entry.Cosine)], rest);
    }

    private float Worst() => best.TryPeek(out _, out var cosine) ? cosine : float.NegativeInfinity;

    private void Consider(int row, float cosine, bool[]? allowed)
    {
        if (cosine < cut || (allowed is not null && !allowed[row]))
            return;
        candidates.Add((row, cosine));
        if (best.Count < most)
            best.Enqueue(row, cosine);
        else if (cosine > Worst())
            best.DequeueEnqueue(row, cosine);
        if (best.Count == most)
            cut = Math.Max(cut, Math.Min(Worst() - (2 * error), 1 - error));
    }
}
