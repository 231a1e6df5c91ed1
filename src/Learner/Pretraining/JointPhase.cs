using PairUni.Algorithms;

namespace PairUni.Learner.Pretraining;

/// <summary>A stretch of joint training with one mix of examples, one optimiser and one learning-rate schedule.</summary>
public sealed record JointPhase
{
    /// <summary>Name in reports, and of the folder that keeps its result.</summary>
    public required string Name { get; init; }

    /// <summary>Updates.</summary>
    public required int Steps { get; init; }

    /// <summary>Updates over which the learning rate falls to its floor; more than <see cref="Steps"/> ends the phase before that. 0 takes Steps.</summary>
    public int DecaySteps { get; init; }

    /// <summary>Captioned images in one update.</summary>
    public int Drawings { get; init; }

    /// <summary>Factor on the image loss, a mean over all tokens of all images, most of which are empty cells.</summary>
    public double DrawingWeight { get; init; } = 1;

    /// <summary>Questions of all kinds in one update.</summary>
    public int Questions { get; init; }

    /// <summary>Peak learning rate.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Shape after warm-up.</summary>
    public LearningRateDecay Decay { get; init; } = LearningRateDecay.Linear;

    /// <summary>Rate at the end as a share of the peak.</summary>
    public double FloorFraction { get; init; } = 0.1;
}
