using PairUni.Algorithms;

namespace PairUni.Learner.Pretraining;

/// <summary>How a Janus model learns to draw and to answer from captioned images and questions.</summary>
public sealed record JointTrainerSettings
{
    /// <summary>Updates.</summary>
    public int Steps { get; init; } = 2000;

    /// <summary>Captioned images in one update.</summary>
    public int Drawings { get; init; } = 48;

    /// <summary>Questions in one update.</summary>
    public int Questions { get; init; } = 48;

    /// <summary>Updates of the first phase: sight questions and text look-ups apart, before they are joined in multiple-choice ones.</summary>
    public int FirstPhaseSteps { get; init; } = 350;

    /// <summary>Sight questions in one update of the first phase.</summary>
    public int SightQuestions { get; init; } = 18;

    /// <summary>Look-ups in one update of the first phase.</summary>
    public int LookUps { get; init; } = 48;

    /// <summary>Captioned images that are encoded once and drawn from; 0 encodes fresh ones for every update.</summary>
    public int Bank { get; init; } = 12_000;

    /// <summary>Share of captions that are replaced by padding, so that guidance has an unconditional law to start from.</summary>
    public double DropCaption { get; init; } = 0.1;

    /// <summary>Factor on the answer loss: mean over answers of the mean over their tokens.</summary>
    public double AnswerWeight { get; init; } = 2;

    /// <summary>Factor on the auxiliary cell classifier over the vision tower.</summary>
    public double CellWeight { get; init; } = 0.5;

    /// <summary>Peak learning rate.</summary>
    public double LearningRate { get; init; } = 8e-4;

    /// <summary>Steps of warm-up.</summary>
    public int WarmupSteps { get; init; } = 50;

    /// <summary>Linear or cosine, down to <see cref="FloorFraction"/> of the peak.</summary>
    public LearningRateDecay Decay { get; init; } = LearningRateDecay.Linear;

    /// <summary>Rate at the end as a share of the peak.</summary>
    public double FloorFraction { get; init; } = 0.1;

    /// <summary>AdamW's decay of the second moment.</summary>
    public double Beta2 { get; init; } = 0.95;

    /// <summary>Decoupled weight decay.</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>Global gradient norm.</summary>
    public double MaxGradNorm { get; init; } = 1;

    /// <summary>Seed of the choice of examples.</summary>
    public ulong Seed { get; init; } = 1;
}
