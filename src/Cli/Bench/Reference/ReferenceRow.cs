namespace PairUni.Cli.Bench.Reference;

/// <summary>One comparison: a tensor or a text that the original computes beside what PairUni computes.</summary>
/// <param name="Case">Model or data set and case: "janus_b/case2_llama".</param>
/// <param name="Tensor">The tensor's name in the case's file, or what else is compared.</param>
/// <param name="Tolerance">Largest difference allowed; 0 means equal.</param>
/// <param name="Difference">Largest absolute difference found; infinite where shapes differ or a value is not a number.</param>
/// <param name="Fault">Why nothing could be compared; null when something was.</param>
internal sealed record ReferenceRow(string Case, string Tensor, double Tolerance, double Difference, string? Fault = null)
{
    public bool Passed => Fault is null && Difference <= Tolerance;
}
