namespace PairUni.Cli.Chaos;

/// <summary>
/// The faults of one chaos run, all from its seed. Every kind that may happen does, and progress is never impossible for longer than the
/// bounds say.
/// </summary>
internal sealed record FaultSchedule(IReadOnlyList<Fault> Faults)
{
    private const int Attempts = 200;

    /// <summary>Makes the schedule of a seed.</summary>
    /// <param name="seed">Everything follows from it.</param>
    /// <param name="length">Time in which faults begin and end.</param>
    /// <param name="fleet">The silos.</param>
    /// <param name="bounds">How hard it may be.</param>
    public static FaultSchedule Of(int seed, TimeSpan length, FleetPlan fleet, FaultBounds bounds)
    {
        var chance = new Random(seed);
        var count = Math.Max(1, (int)Math.Ceiling(bounds.FaultsInTwoMinutes * length.TotalMinutes / 2));
        var latest = length - bounds.QuietEnd;
        var outages = new Outages(fleet, bounds);
        var faults = new List<Fault>();
        var times = Enumerable.Range(0, count).ToArray();
        chance.Shuffle(times);
        foreach (var ((kind, place), time) in Wanted(chance, count, fleet, bounds).Zip(times))
        {
            var slot = place;
            for (var attempt = 0; attempt < Attempts; attempt++)
            {
                // What does not fit becomes shorter, then moves to a neighbouring time, and in the end to another silo.
                var at = latest * ((time + (chance.NextDouble() - 0.5) * (1 + attempt / 10)) / count);
                if (attempt > Attempts * 3 / 4 && slot != Fault.Nobody) slot = chance.Next(fleet.Slots.Count);
                var (shortest, longest) = bounds.Kinds[kind];
                var fault = new Fault(at, kind, slot, TimeSpan.FromSeconds(shortest + chance.NextDouble() * (longest - shortest) / (1 + attempt / 10)));
                if (at < TimeSpan.Zero || fault.End > latest || Overlaps(faults, fault, fleet.Learners) || !outages.Allow([.. faults, fault])) continue;
                faults.Add(fault);
                break;
            }
        }

        return new([.. faults.OrderBy(f => f.At)]);
    }

    // Every kind in turn; those at the head of the list find room most easily.
    private static IEnumerable<(FaultKind Kind, int Slot)> Wanted(Random chance, int count, FleetPlan fleet, FaultBounds bounds)
    {
        FaultKind[] kinds = [.. bounds.Kinds.Keys.Order()];
        chance.Shuffle(kinds);
        return Enumerable.Range(0, count).Select(i => kinds[i % kinds.Length]).Select(kind => (kind, SlotOf(kind, fleet, chance))).ToArray();
    }

    private static int SlotOf(FaultKind kind, FleetPlan fleet, Random chance) =>
        kind is FaultKind.KillLearner or FaultKind.Join or FaultKind.RestartRedis or FaultKind.PauseRedis or FaultKind.FullDisk ? Fault.Nobody : chance.Next(fleet.Slots.Count);

    // Two faults of one subject at once would undo each other.
    private static bool Overlaps(List<Fault> faults, Fault fault, int[] learners) =>
        faults.Any(f => f.At < fault.End && fault.At < f.End && IsOfSameSubject(f, fault, learners));

    private static bool IsOfSameSubject(Fault one, Fault other, int[] learners)
    {
        if (one.Kind == other.Kind || one.StopsAll && other.StopsAll) return true;
        return one.Slot != Fault.Nobody && other.Stops(one.Slot, learners) || other.Slot != Fault.Nobody && one.Stops(other.Slot, learners);
    }
}
