using PairUni.Modeling.Host;

namespace PairUni.Data.Pairing;

/// <summary>
/// Finds the rows of a matrix that are most similar to queries. Products of 8-bit numbers, whose distance from the true ones is bounded,
/// sort nearly all rows out; the rest are computed in full, so that the result is that of computing everything.
/// </summary>
internal sealed class NearestRows
{
    private const int QueryBlock = 128;
    private const int RowBlock = 256;

    // Rounding of float sums on both sides.
    private const float Rounding = 4e-5f;
    private readonly FeatureMatrix rows;
    private readonly QuantisedRows quantised;

    public NearestRows(FeatureMatrix rows) => (this.rows, quantised) = (rows, QuantisedRows.Of(rows));

    /// <summary>The nearest rows of each query.</summary>
    /// <param name="queries">Vectors.</param>
    /// <param name="wanted">Indices of the queries.</param>
    /// <param name="most">How many neighbours at least, where there are so many.</param>
    /// <param name="kept">How many at most.</param>
    /// <param name="least">Least cosine.</param>
    /// <param name="allowed">Rows that count; null when all do.</param>
    /// <param name="done">Told how many queries are done so far; from any thread.</param>
    public Neighbours[] Find(FeatureMatrix queries, IReadOnlyList<int> wanted, int most, int kept, float least, bool[]? allowed, Action<int>? done = null)
    {
        var found = new Neighbours[wanted.Count];
        var count = 0;
        Scan(queries, wanted, most, least, allowed, (at, scan) =>
        {
            found[at] = scan.Finish(queries[wanted[at]], rows, kept);
            if (done is not null)
                done(Interlocked.Increment(ref count));
        });
        return found;
    }

    /// <summary>The row of each query that the 8-bit products make the nearest. The same everywhere, for these products are exact integers.</summary>
    public int[] Approximate(FeatureMatrix queries, IReadOnlyList<int> wanted)
    {
        var found = new int[wanted.Count];
        Scan(queries, wanted, 1, float.NegativeInfinity, null, (at, scan) => found[at] = scan.Nearest());
        return found;
    }

    private void Scan(FeatureMatrix queries, IReadOnlyList<int> wanted, int most, float least, bool[]? allowed, Action<int, QueryScan> finish)
    {
        Parallel.For(0, (wanted.Count + QueryBlock - 1) / QueryBlock, () => new Workspace(quantised.Padded, most, least), (block, _, work) =>
        {
            var first = block * QueryBlock;
            var count = Math.Min(QueryBlock, wanted.Count - first);
            for (var i = 0; i < count; i++)
            {
                var (scale, error, norm) = QuantisedRows.Shifted(queries[wanted[first + i]], work.Left.AsSpan(i * quantised.Padded, quantised.Padded));
                work.Scans[i].Begin(scale, (error * quantised.MaxNorm) + (norm * quantised.MaxError) + Rounding);
            }
            for (var row = 0; row < rows.Count; row += RowBlock)
            {
                var columns = Math.Min(RowBlock, rows.Count - row);
                Int8Products.Compute(work.Left.AsSpan(0, count * quantised.Padded), quantised.Rows(row, columns), quantised.Padded, work.Products);
                for (var i = 0; i < count; i++)
                    work.Scans[i].Add(work.Products.AsSpan(i * columns, columns), row, quantised, allowed);
            }
            for (var i = 0; i < count; i++)
                finish(first + i, work.Scans[i]);
            return work;
        }, _ => { });
    }

    /// <summary>What one thread needs.</summary>
    private sealed class Workspace(int padded, int most, float least)
    {
        public byte[] Left { get; } = new byte[QueryBlock * padded];

        public int[] Products { get; } = new int[QueryBlock * RowBlock];

        public QueryScan[] Scans { get; } = [.. Enumerable.Range(0, QueryBlock).Select(_ => new QueryScan(most, least))];
    }
}
