using PairUni.Algorithms;
using PairUni.Learner.Losses;

namespace PairUni.Learner.Training;

/// <summary>How a <see cref="PolicyLearner"/> updates its policy; docs/configuration.md has ranges.</summary>
public sealed record LearnerSettings
{
    /// <summary>Learning rate of every step.</summary>
    public LearningRateSchedule LearningRate { get; init; } = new() { Peak = 1e-6 };

    /// <summary>Decoupled weight decay of AdamW.</summary>
    public double WeightDecay { get; init; }

    /// <summary>AdamW's decay of the first moment.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>AdamW's decay of the second moment.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>AdamW's term against division by zero.</summary>
    public double Eps { get; init; } = 1e-8;

    /// <summary>Global L2 norm that gradients are scaled down to; 0 for no clipping.</summary>
    public double MaxGradNorm { get; init; } = 1;

    /// <summary>Clip bounds and KL coefficient.</summary>
    public PairGrpoOptions Loss { get; init; } = new();

    /// <summary>What is done about samples of another law than the policy's own.</summary>
    public OffPolicyCorrection OffPolicy { get; init; } = new();

    /// <summary>How token losses become one number.</summary>
    public LossType LossType { get; init; } = LossType.Grpo;

    /// <summary>What advantages are divided by.</summary>
    public ScaleRewards ScaleRewards { get; init; } = ScaleRewards.Group;

    /// <summary>Factor on the generation loss.</summary>
    public double GenerateWeight { get; init; } = 1;

    /// <summary>Factor on the understanding loss.</summary>
    public double UnderstandWeight { get; init; } = 1;

    /// <summary>Optimiser updates made on one batch of groups.</summary>
    public int UpdatesPerBatch { get; init; } = 1;

    /// <summary>Most groups in one forward pass; 0 takes all groups of a task at once.</summary>
    public int MicroBatchGroups { get; init; }

    /// <summary>Sampling temperature that log-probabilities are taken at.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Most tokens of an answer, for dr_grpo's denominator.</summary>
    public int MaxAnswerTokens { get; init; } = 8;

    /// <summary>Module-name prefixes that are not trained.</summary>
    public IReadOnlyList<string> Freeze { get; init; } = [];
}
