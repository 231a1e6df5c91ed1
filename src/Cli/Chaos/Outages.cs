namespace PairUni.Cli.Chaos;

/// <summary>When progress is impossible: Redis is away, or every silo of a role is harmed or not yet well again.</summary>
internal sealed class Outages(FleetPlan fleet, FaultBounds bounds)
{
    private readonly int[] _learners = fleet.Learners;

    /// <summary>Whether no outage of these faults is too long and each is followed by respite enough.</summary>
    public bool Allow(IReadOnlyCollection<Fault> faults)
    {
        var outages = Of(faults);
        return outages.All(o => o.To - o.From <= bounds.MaxOutage) && outages.Zip(outages.Skip(1)).All(p => p.Second.From - p.First.To >= bounds.MinRespite);
    }

    /// <summary>The outages in order; none touches the next.</summary>
    public IReadOnlyList<(TimeSpan From, TimeSpan To)> Of(IReadOnlyCollection<Fault> faults)
    {
        var all = faults.Where(f => f.StopsAll).Select(f => (f.At, f.End + bounds.RedisRecovery));
        foreach (var (_, slots) in fleet.Roles) all = all.Concat(Together([.. slots.Select(s => Harmed(faults, s))]));
        return Union(all);
    }

    private IReadOnlyList<(TimeSpan From, TimeSpan To)> Harmed(IReadOnlyCollection<Fault> faults, int slot) =>
        Union(faults.Where(f => f.Stops(slot, _learners)).Select(f => (f.At, f.End + bounds.SiloRecovery)));

    // Where the intervals of every list overlap.
    private static IReadOnlyList<(TimeSpan From, TimeSpan To)> Together(IReadOnlyList<(TimeSpan From, TimeSpan To)>[] lists) =>
        lists.Aggregate((left, right) =>
        [
            .. from a in left
               from b in right
               let common = (From: a.From > b.From ? a.From : b.From, To: a.To < b.To ? a.To : b.To)
               where common.From < common.To
               select common,
        ]);

    private static IReadOnlyList<(TimeSpan From, TimeSpan To)> Union(IEnumerable<(TimeSpan From, TimeSpan To)> intervals)
    {
        var union = new List<(TimeSpan From, TimeSpan To)>();
        foreach (var next in intervals.Order())
        {
            if (union.Count > 0 && next.From <= union[^1].To) union[^1] = (union[^1].From, next.To > union[^1].To ? next.To : union[^1].To);
            else union.Add(next);
        }

        return union;
    }
}
