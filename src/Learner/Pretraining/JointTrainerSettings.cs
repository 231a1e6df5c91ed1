namespace PairUni.Learner.Pretraining;

/// <summary>How a Janus model learns to draw and to answer from captioned images and questions.</summary>
public sealed record JointTrainerSettings
{
    /// <summary>What is trained when.</summary>
    public IReadOnlyList<JointPhase> Phases { get; init; } =
    [
        new() { Name = "joint", Steps = 450, DecaySteps = 900, Drawings = 48, Questions = 28, LearningRate = 8e-4 },
        new() { Name = "settling", Steps = 100, Drawings = 48, Questions = 8, LearningRate = 2e-4 },
    ];

    /// <summary>Captioned images that are encoded once and drawn from; 0 encodes fresh ones for every update.</summary>
    public int Bank { get; init; } = 12_000;

    /// <summary>Share of captions that are replaced by padding, so that guidance has an unconditional law to start from.</summary>
    public double DropCaption { get; init; } = 0.1;

    /// <summary>Factor on the answer loss: mean over answers of the mean over their tokens.</summary>
    public double AnswerWeight { get; init; } = 2;

    /// <summary>Factor on the auxiliary cell classifier over the vision tower.</summary>
    public double CellWeight { get; init; } = 0.5;

    /// <summary>Factor on the loss that ties what the vision tower hands to the language model to the embeddings of the words for it.</summary>
    public double WordWeight { get; init; } = 0.5;

    /// <summary>Steps of warm-up of every phase.</summary>
    public int WarmupSteps { get; init; } = 50;

    /// <summary>AdamW's decay of the second moment.</summary>
    public double Beta2 { get; init; } = 0.95;

    /// <summary>Decoupled weight decay.</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>Global gradient norm.</summary>
    public double MaxGradNorm { get; init; } = 1;

    /// <summary>Seed of weights and of the choice of examples.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The same phases with only a share of their updates, for a quick try.</summary>
    public JointTrainerSettings Scaled(double share) => this with
    {
        Phases = [.. Phases.Select(p => p with
        {
            Steps = Math.Max(1, (int)(p.Steps * share)),
            DecaySteps = (int)(p.DecaySteps * share),
        })],
    };
}
