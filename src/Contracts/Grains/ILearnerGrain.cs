using Orleans;
using Orleans.Concurrency;

namespace PairUni.Contracts;

/// <summary>Collects scored groups, trains complete steps, commits and publishes. Key: the run's name.</summary>
public interface ILearnerGrain : IGrainWithStringKey
{
    /// <summary>Loads the last committed step and publishes it, or makes sure that this is done. Where it stands; nothing while loading.</summary>
    Task<LearnerAt?> Start(RunSpec spec, CancellationToken cancellationToken);

    /// <summary>Takes a scored group; the answer says what became of it.</summary>
    Task<OfferOutcome> Offer(OfferGroup offer, CancellationToken cancellationToken);

    /// <summary>Records that a group will not come.</summary>
    Task Drop(GroupSettled dropped, CancellationToken cancellationToken);

    /// <summary>Trains no further step once the one under way is done; saves when told to.</summary>
    Task Stop(bool save, CancellationToken cancellationToken);

    [AlwaysInterleave]
    Task<LearnerStatus> Status(CancellationToken cancellationToken);
}
