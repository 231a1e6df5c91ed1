namespace PairUni.Algorithms;

/// <summary>One reward's values for a group, with its weight in the sum.</summary>
/// <param name="Name">The reward's configured name.</param>
/// <param name="Weight">Its factor in the sum.</param>
/// <param name="Values">[G] unweighted values.</param>
public sealed record RewardTerm(string Name, double Weight, IReadOnlyList<float> Values);
