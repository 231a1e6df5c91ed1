using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>Keeps the groups of open steps, so that none has to be generated again when the learner comes up elsewhere.</summary>
public interface IGroupStore
{
    /// <summary>Stores an accepted group; on return it survives the process.</summary>
    Task Put(OfferGroup group, CancellationToken cancellationToken);

    /// <summary>All stored groups of a run, in the order of their keys.</summary>
    Task<IReadOnlyList<OfferGroup>> Load(string run, CancellationToken cancellationToken);

    /// <summary>Forgets the groups of steps up to <paramref name="step"/>.</summary>
    Task Forget(string run, int step, CancellationToken cancellationToken);
}
