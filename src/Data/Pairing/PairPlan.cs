namespace PairUni.Data.Pairing;

/// <summary>How two pools of samples become pairs.</summary>
/// <param name="AlignedUnderstand">Samples of the understanding pool that serve both tasks.</param>
/// <param name="AlignedGenerate">Samples of the generation pool that serve both tasks.</param>
/// <param name="Retrieved">Pairs of two samples, most similar first.</param>
public sealed record PairPlan(IReadOnlyList<int> AlignedUnderstand, IReadOnlyList<int> AlignedGenerate, IReadOnlyList<RetrievedPair> Retrieved);
