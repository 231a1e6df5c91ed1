using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>
/// What the grains of a run work with in this process: made from the run's options when first asked for, and alive longer than any
/// activation.
/// </summary>
public interface IRunServices
{
    /// <summary>What the run and its learner need.</summary>
    /// <exception cref="UserErrorException">The run's options name something that cannot be used here.</exception>
    Task<LearnerServices> Learner(RunSpec spec, CancellationToken cancellationToken);

    /// <summary>What a worker generates with.</summary>
    Task<IRolloutEngine> Engine(RunSpec spec, WorkerKey worker, CancellationToken cancellationToken);

    /// <summary>A reward by its name; nothing when the run has none of that name.</summary>
    Task<IRewardModel?> Reward(string run, string name, CancellationToken cancellationToken);

    /// <summary>Identity of the program, the native library and the run's model in this process; empty where only one process takes part.</summary>
    Task<string> Fingerprint(RunSpec spec, CancellationToken cancellationToken);
}
