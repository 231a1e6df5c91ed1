using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>Keeps what is known of the groups of open steps, so that none is generated again when the learner comes up elsewhere.</summary>
public interface IGroupStore
{
    /// <summary>Stores an accepted group; on return it survives the process.</summary>
    /// <exception cref="SupersededException">A newer learner than that of the epoch has entered.</exception>
    Task Put(OfferGroup group, long epoch, CancellationToken cancellationToken);

    /// <summary>Stores that a group is dropped, and why.</summary>
    /// <exception cref="SupersededException">A newer learner than that of the epoch has entered.</exception>
    Task Put(GroupSettled dropped, long epoch, CancellationToken cancellationToken);

    /// <summary>All that is stored of a run, in the order of the keys.</summary>
    Task<StoredGroups> Load(string run, CancellationToken cancellationToken);

    /// <summary>Forgets the groups that are not in <paramref name="keep"/>.</summary>
    /// <exception cref="SupersededException">A newer learner than that of the epoch has entered.</exception>
    Task Keep(string run, IReadOnlyCollection<GroupKey> keep, long epoch, CancellationToken cancellationToken);
}
