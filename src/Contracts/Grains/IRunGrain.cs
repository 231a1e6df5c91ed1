using Orleans;
using Orleans.Concurrency;

namespace PairUni.Contracts;

/// <summary>Owns a run: its spec, its step, the open leases. Key: the run's name. Hands out work only when asked.</summary>
public interface IRunGrain : IGrainWithStringKey
{
    /// <summary>Starts the run, or makes sure that it is started; the same spec again changes nothing.</summary>
    Task Start(RunSpec spec, CancellationToken cancellationToken);

    /// <summary>Leases groups to a worker, the nearest step first; waits up to ten seconds for work.</summary>
    Task<WorkClaimed> Claim(ClaimWork claim, CancellationToken cancellationToken);

    /// <summary>Extends a lease; false when it is no longer held and the worker should stop.</summary>
    Task<bool> Renew(RenewLease renewal, CancellationToken cancellationToken);

    /// <summary>Takes a group back.</summary>
    Task Release(ReleaseLease release, CancellationToken cancellationToken);

    /// <summary>Writes down what a worker did that no offer carried.</summary>
    Task Record(JournalEntry[] notes, CancellationToken cancellationToken);

    /// <summary>Takes back all that a worker holds.</summary>
    Task Leave(WorkerLeft left, CancellationToken cancellationToken);

    /// <summary>A group needs no more work.</summary>
    Task Settle(GroupSettled settled, CancellationToken cancellationToken);

    /// <summary>The learner stands at a version, after loading or after a step.</summary>
    Task Advance(LearnerAt learner, CancellationToken cancellationToken);

    /// <summary>The run cannot go on.</summary>
    Task Fail(RunFailed failed, CancellationToken cancellationToken);

    /// <summary>Hands out no work while paused; what is under way is finished.</summary>
    Task Pause(bool paused, CancellationToken cancellationToken);

    /// <summary>Hands out no more work; the learner ends its step and saves when told to.</summary>
    Task Stop(bool save, CancellationToken cancellationToken);

    [AlwaysInterleave]
    Task<RunStatus> Status(CancellationToken cancellationToken);
}
