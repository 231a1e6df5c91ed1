using Orleans;
using Orleans.Concurrency;

namespace PairUni.Contracts;

/// <summary>The register of a cluster: its runs and silos. Key: <see cref="RunsKey.Only"/>. Hosted by learner silos; survives all of them.</summary>
public interface IRunsGrain : IGrainWithStringKey
{
    /// <summary>Takes a run in, if its name is free (or resumed, or overwritten) and what it names can be used.</summary>
    [ResponseTimeout("00:02:00")]
    Task<RequestAnswer> Submit(SubmitRun submission, CancellationToken cancellationToken);

    /// <summary>Changes what is wanted of a run; refused when there is no such run or it is over.</summary>
    Task<RequestAnswer> Wish(string run, RunWish wish, CancellationToken cancellationToken);

    /// <summary>Changes settings of a run that goes on, from its next step on; refused out of their ranges.</summary>
    Task<RequestAnswer> Change(string run, RunChange change, CancellationToken cancellationToken);

    /// <summary>Tells a worker (silo/device) or a whole silo to finish or hand back what it holds, and to leave.</summary>
    Task<RequestAnswer> Drain(string worker, CancellationToken cancellationToken);

    /// <summary>A process joins or says that it is still there.</summary>
    Task<SiloJoined> Join(JoinSilo join, CancellationToken cancellationToken);

    /// <summary>A process leaves.</summary>
    Task Leave(string instance, CancellationToken cancellationToken);

    /// <summary>A run came to its end; told by whoever sees it, any number of times.</summary>
    Task Ended(RunEntry ended, CancellationToken cancellationToken);

    /// <summary>The register once its version is another than <paramref name="known"/>, or as it is after twenty seconds.</summary>
    [AlwaysInterleave]
    Task<RunRegister> Follow(long known, CancellationToken cancellationToken);
}
