namespace PairUni.Contracts.Options;

/// <summary>Everything that decides what a training run does; the YAML file's sections and keys are these names in snake_case.</summary>
public sealed record RunOptions
{
    /// <summary>Who the run is and where its folder lies.</summary>
    public RunIdentityOptions Run { get; init; } = new();

    /// <summary>The model that is trained.</summary>
    public ModelOptions Model { get; init; } = new();

    /// <summary>The pairs it is trained on.</summary>
    public DataOptions Data { get; init; } = new();

    /// <summary>How groups are generated.</summary>
    public RolloutOptions Rollout { get; init; } = new();

    /// <summary>How groups are scored.</summary>
    public RewardOptions Reward { get; init; } = new();

    /// <summary>How the policy is updated.</summary>
    public LearnerOptions Learner { get; init; } = new();

    /// <summary>When the run is saved and what is kept.</summary>
    public CheckpointOptions Checkpoint { get; init; } = new();

    /// <summary>What is measured before and after.</summary>
    public EvalOptions Eval { get; init; } = new();

    /// <summary>What is written for people to look at.</summary>
    public LogOptions Log { get; init; } = new();
}
