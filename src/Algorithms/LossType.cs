namespace PairUni.Algorithms;

/// <summary>How per-token losses become one number; the names are TRL's.</summary>
public enum LossType
{
    /// <summary>Mean over sequences of the mean over each sequence's tokens.</summary>
    Grpo,

    /// <summary>Sum over tokens divided by sequences times the longest possible completion.</summary>
    DrGrpo,

    /// <summary>Sum over tokens divided by the tokens of the whole batch.</summary>
    Dapo,

    /// <summary>Sum over tokens divided by the tokens of the micro-batch; micro-batches are averaged.</summary>
    Bnpo,
}
