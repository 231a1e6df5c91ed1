namespace PairUni.Cli.Chaos;

/// <summary>
/// The faults of one chaos run, all from its seed. Every kind that may happen does, each learner's silo is killed, and progress is never
/// impossible for longer than the bounds say.
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
                if (at < TimeSpan.Zero || fault.End > latest || Overlaps(faults, fault) || !outages.Allow([.. faults, fault])) continue;
                faults.Add(fault);
                break;
            }
        }

        return new([.. faults.OrderBy(f => f.At)]);
    }

    // What must happen comes first: it finds room more easily. A kill of each learner's silo meets the learner at least once, wherever
    // it is by then.
    private static IReadOnlyList<(FaultKind Kind, int Slot)> Wanted(Random chance, int count, FleetPlan fleet, FaultBounds bounds)
    {
        var learners = fleet.Roles.Single(r => r.Role == "learner").Slots;
        List<(FaultKind, int)> wanted = bounds.Kinds.ContainsKey(FaultKind.Kill) ? [.. learners.Select(l => (FaultKind.Kill, l))] : [];
        FaultKind[] kinds = [.. bounds.Kinds.Keys.Order()];
        chance.Shuffle(kinds);
        for (var i = 0; wanted.Count < count; i++) wanted.Add((kinds[i % kinds.Length], SlotOf(kinds[i % kinds.Length], fleet, chance)));
        return wanted;
    }

    private static int SlotOf(FaultKind kind, FleetPlan fleet, Random chance) =>
        kind is FaultKind.Join or FaultKind.RestartRedis or FaultKind.PauseRedis or FaultKind.FullDisk ? Fault.Nobody : chance.Next(fleet.Slots.Count);

    // Two faults of one subject at once would undo each other.
    private static bool Overlaps(List<Fault> faults, Fault fault) =>
        faults.Any(f => f.Slot == fault.Slot && (f.StopsAll == fault.StopsAll || f.Kind == fault.Kind) && f.At < fault.End && fault.At < f.End);
}
