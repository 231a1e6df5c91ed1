using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>The services of a process that works for one run alone and has them all at hand.</summary>
public sealed class OneRunServices(LearnerServices learner, IRolloutEngines engines, IReadOnlyList<IRewardModel> rewards) : IRunServices
{
    private readonly Task<LearnerServices> _learner = Task.FromResult(learner);

    public Task<LearnerServices> Learner(RunSpec spec, CancellationToken cancellationToken) => _learner;

    public Task<IRolloutEngine> Engine(RunSpec spec, WorkerKey worker, CancellationToken cancellationToken) => Task.FromResult(engines.Of(worker));

    public Task<IRewardModel?> Reward(string run, string name, CancellationToken cancellationToken) =>
        Task.FromResult(rewards.FirstOrDefault(r => r.Name == name));

    public Task<string> Fingerprint(RunSpec spec, CancellationToken cancellationToken) => Task.FromResult("");
}
