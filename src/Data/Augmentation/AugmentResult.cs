using PairUni.Data.Pools;

namespace PairUni.Data.Augmentation;

/// <summary>What became of a sample.</summary>
/// <param name="Sample">Completed, or as it was.</param>
/// <param name="Rejected">Why not, when it was rejected.</param>
/// <param name="Reason">Why it was given up.</param>
internal sealed record AugmentResult(SampleState State, PoolSample Sample, RejectedSample? Rejected = null, string Reason = "");
