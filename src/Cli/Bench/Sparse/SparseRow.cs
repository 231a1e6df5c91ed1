namespace PairUni.Cli.Bench;

/// <summary>One run: types of the learner's and the workers' weights, and what its versions took.</summary>
internal sealed record SparseRow(string Learner, string Workers, IReadOnlyList<SparseStep> Steps)
{
    /// <summary>Sparse bytes divided by full bytes, over all versions.</summary>
    public double Share => Steps.Sum(s => (double)s.SparseBytes) / Steps.Sum(s => s.FullBytes);

    /// <summary>The greatest share of a version.</summary>
    public double Worst => Steps.Max(s => (double)s.SparseBytes / s.FullBytes);

    /// <summary>Share of two-byte elements that changed, over all versions.</summary>
    public double Changed => Steps.Sum(s => 2.0 * s.ChangedPairs) / Steps.Sum(s => s.FullBytes);

    public bool Exact => Steps.All(s => s.Exact);
}
