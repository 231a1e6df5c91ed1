namespace PairUni.Grains;

/// <summary>
/// Lets only the newest learner of a run commit: each takes an epoch when it comes up, and whoever holds an older one is refused from
/// then on, so a process that was stopped, replaced and wakes up again does no harm.
/// </summary>
public interface IRunFence
{
    /// <summary>Takes the next epoch.</summary>
    Task<LearnerEpoch> Enter(string run, CancellationToken cancellationToken);

    /// <exception cref="SupersededException">A newer learner has entered.</exception>
    Task Check(string run, long epoch, CancellationToken cancellationToken);

    /// <summary>The checkpoint of a step is on disk: the next learner starts from it.</summary>
    /// <exception cref="SupersededException">A newer learner has entered.</exception>
    Task Commit(string run, long epoch, int step, CancellationToken cancellationToken);
}
