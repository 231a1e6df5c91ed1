namespace PairUni.Grains;

/// <summary>The fence of a run in one process, whose folder no other process can enter: there is nobody to keep out.</summary>
public sealed class OpenFence : IRunFence
{
    public Task<LearnerEpoch> Enter(string run, CancellationToken cancellationToken) => Task.FromResult(new LearnerEpoch(0, -1));

    public Task Check(string run, long epoch, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task Commit(string run, long epoch, int step, CancellationToken cancellationToken) => Task.CompletedTask;
}
