namespace PairUni.Algorithms;

/// <summary>What a group's centred rewards are divided by to become advantages.</summary>
public enum ScaleRewards
{
    /// <summary>The sample standard deviation of the group itself.</summary>
    Group,

    /// <summary>The sample standard deviation of every reward of the same task in the batch.</summary>
    Batch,

    /// <summary>Nothing: rewards are only centred.</summary>
    None,
}
