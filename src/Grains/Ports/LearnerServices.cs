namespace PairUni.Grains;

/// <summary>The services that a run and its learner work with.</summary>
public sealed record LearnerServices
{
    public required IPolicyTrainer Trainer { get; init; }

    public required IPairSource Pairs { get; init; }

    public required IGroupStore Groups { get; init; }

    public required IJournal Journal { get; init; }

    public required IRunObserver Observer { get; init; }

    public required IRunFence Fence { get; init; }
}
