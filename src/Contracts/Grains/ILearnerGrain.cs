using Orleans;
using Orleans.Concurrency;

namespace PairUni.Contracts;

/// <summary>Collects scored groups, trains complete steps, commits and publishes. Key: the run's name.</summary>
public interface ILearnerGrain : IGrainWithStringKey
{
    /// <summary>Loads the last committed step and publishes it, or makes sure that this is done. Where it stands; nothing while loading.</summary>
    Task<LearnerAt?> Start(RunSpec spec, CancellationToken cancellationToken);

    /// <summary>Takes a scored group; the answer says what became of it.</summary>
    /// <param name="offer">The group.</param>
    /// <param name="notes">What the worker has for the journal since it last offered; written before the answer to the offer.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<OfferOutcome> Offer(OfferGroup offer, JournalEntry[] notes, CancellationToken cancellationToken);

    /// <summary>Records that a group will not come.</summary>
    Task Drop(GroupSettled dropped, CancellationToken cancellationToken);

    /// <summary>Trains no further step once the one under way is done; saves when told to.</summary>
    Task Stop(bool save, CancellationToken cancellationToken);

    [AlwaysInterleave]
    Task<LearnerStatus> Status(CancellationToken cancellationToken);

    /// <summary>Steps after <paramref name="after"/>, oldest first, as far as they are remembered; waits up to ten seconds for one.</summary>
    [AlwaysInterleave]
    Task<StepTrained[]> Steps(int after, CancellationToken cancellationToken);

    /// <summary>The groups of a step that are held or were trained last, with their samples, in the order of their keys.</summary>
    [AlwaysInterleave]
    Task<OfferGroup[]> Groups(int step, int max, CancellationToken cancellationToken);
}
