namespace PairUni.Learner.Training;

/// <summary>A group with the advantages it is trained on.</summary>
/// <param name="Group">The scored group.</param>
/// <param name="Advantages">[G] standardised rewards times the pair's weight.</param>
public sealed record WeightedGroup(TrainGroup Group, double[] Advantages)
{
    /// <summary>True when the policy term of this group is exactly zero.</summary>
    public bool IsSilent => Advantages.All(a => a == 0);
}
