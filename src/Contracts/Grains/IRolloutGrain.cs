using Orleans;
using Orleans.Concurrency;

namespace PairUni.Contracts;

/// <summary>Owns one device and keeps it busy with groups. Key: <see cref="WorkerKey"/>.</summary>
public interface IRolloutGrain : IGrainWithStringKey
{
    /// <summary>Works for the run until it ends, or makes sure that it does.</summary>
    Task Start(RunSpec spec, CancellationToken cancellationToken);

    /// <summary>Finishes what it holds within the grace period or hands it back, and leaves.</summary>
    [ResponseTimeout("00:30:00")]
    Task Drain(TimeSpan grace, CancellationToken cancellationToken);

    [AlwaysInterleave]
    Task<WorkerStatus> Status(CancellationToken cancellationToken);
}
