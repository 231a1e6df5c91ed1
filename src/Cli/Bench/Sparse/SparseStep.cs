namespace PairUni.Cli.Bench;

/// <summary>What a version took.</summary>
/// <param name="Version">The version.</param>
/// <param name="FullBytes">Bytes of all its chunks.</param>
/// <param name="SparseBytes">Bytes for whoever holds the version before: sparse updates, and whole chunks where those are shorter.</param>
/// <param name="ChangedPairs">Pairs of bytes (bfloat16 elements, or halves of a float) that differ.</param>
/// <param name="Exact">Whether every update made its chunk bit for bit.</param>
internal readonly record struct SparseStep(int Version, long FullBytes, long SparseBytes, long ChangedPairs, bool Exact);
