namespace PairUni.Cli.Bench.Augment;

/// <summary>
/// How long the requests that an endpoint got take at the least: each sample's one after the other, samples in order, every request sent
/// the moment it can be and a place is free. Nothing waits but for that, and for what Retry-After demands.
/// </summary>
internal static class IdealSchedule
{
    /// <param name="samples">Each sample's requests in their order: the time that each takes, and the time to be waited after it.</param>
    /// <param name="places">Requests under way at once.</param>
    public static TimeSpan Length(IReadOnlyList<IReadOnlyList<(TimeSpan Takes, TimeSpan ThenWait)>> samples, int places)
    {
        var free = new PriorityQueue<int, TimeSpan>(Enumerable.Range(0, places).Select(place => (place, TimeSpan.Zero)));
        var ready = new PriorityQueue<(int Sample, int Request), (TimeSpan Since, int Order)>();
        var order = 0;
        for (var i = 0; i < samples.Count; i++)
            if (samples[i].Count > 0)
                ready.Enqueue((i, 0), (TimeSpan.Zero, order++));
        var end = TimeSpan.Zero;
        while (ready.TryDequeue(out var next, out var since))
        {
            free.TryDequeue(out var place, out var start);
            var (takes, wait) = samples[next.Sample][next.Request];
            var done = (start > since.Since ? start : since.Since) + takes;
            free.Enqueue(place, done);
            end = done > end ? done : end;
            if (next.Request + 1 < samples[next.Sample].Count)
                ready.Enqueue((next.Sample, next.Request + 1), (done + wait, order++));
        }

        return end;
    }
}
