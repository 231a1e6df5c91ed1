using System.Globalization;

namespace PairUni.Cli.Chaos;

/// <summary>One fault of a schedule.</summary>
/// <param name="At">When it begins, from the start of the schedule.</param>
/// <param name="Kind">What happens.</param>
/// <param name="Slot">The silo that it happens to, by its place in the fleet; -1 where it happens to no silo.</param>
/// <param name="For">How long it lasts; after a kill or a termination, how long the place stays empty.</param>
internal sealed record Fault(TimeSpan At, FaultKind Kind, int Slot, TimeSpan For)
{
    /// <summary>No silo in particular.</summary>
    public const int Nobody = -1;

    /// <summary>When it is over.</summary>
    public TimeSpan End => At + For;

    /// <summary>Whether it keeps the whole cluster from going on.</summary>
    public bool StopsAll => Kind is FaultKind.RestartRedis or FaultKind.PauseRedis;

    /// <summary>Whether it may keep the silo of a place from working.</summary>
    /// <param name="slot">The place.</param>
    /// <param name="learners">Places that the learner may be in.</param>
    public bool Stops(int slot, IReadOnlyCollection<int> learners) => Kind == FaultKind.KillLearner ? learners.Contains(slot) : Slot == slot;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{At.TotalSeconds,6:0.0} s {Kind}{(Slot == Nobody ? "" : $" {Slot}")} for {For.TotalSeconds:0.0} s");
}
