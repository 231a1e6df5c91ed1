using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>What an <see cref="IGroupStore"/> has of a run.</summary>
public sealed record StoredGroups(IReadOnlyList<OfferGroup> Accepted, IReadOnlyList<GroupSettled> Dropped);
