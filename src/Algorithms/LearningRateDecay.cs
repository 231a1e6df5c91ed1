namespace PairUni.Algorithms;

/// <summary>What the learning rate does after warm-up.</summary>
public enum LearningRateDecay
{
    /// <summary>Stays at its peak.</summary>
    Constant,

    /// <summary>Falls on a straight line.</summary>
    Linear,

    /// <summary>Falls on half a cosine wave.</summary>
    Cosine,
}
