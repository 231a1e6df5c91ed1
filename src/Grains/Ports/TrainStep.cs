using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>The work of one training step.</summary>
/// <param name="Step">The step, from 1; it makes the version of the same number.</param>
/// <param name="Groups">Scored groups in the order of their keys; none when all were dropped: the weights then stay as they are.</param>
public sealed record TrainStep(int Step, IReadOnlyList<OfferGroup> Groups);
