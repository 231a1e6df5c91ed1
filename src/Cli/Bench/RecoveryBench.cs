using System.Security.Cryptography;
using PairUni.Cli.Chaos;
using PairUni.Contracts;

namespace PairUni.Cli.Bench;

/// <summary>
/// Takes rollout workers away in the middle of a group, again and again, and measures how long their work lies; and starts workers, and
/// measures how long they take to their first group.
/// </summary>
internal sealed class RecoveryBench(RecoveryBenchOptions options, ChaosPlace place, ChaosLog log, TimeProvider time)
{
    private const string Name = "recovery";
    private const int GroupSize = 24;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);
    private readonly JournalTail _journal = new(place.Journal(Name));
    private readonly List<TimeSpan> _recoveries = [];
    private readonly List<JoinTimes> _joins = [];

    /// <summary>Measures.</summary>
    /// <exception cref="TimeoutException">Something did not happen within two minutes.</exception>
    public async Task<RecoveryBenchResult> Run(CancellationToken cancellationToken)
    {
        foreach (var folder in new[] { place.Folder, place.Runs, place.Logs }) Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(place.Config, ChaosConfig.Yaml(place.Runs, 1_000_000, maxLag: 0, options.Lease.TotalSeconds, GroupSize), cancellationToken);
        var plan = FleetPlan.Parse("learner+reward,rollout,rollout,rollout");
        var settings = new FleetSettings { Token = Convert.ToHexString(RandomNumberGenerator.GetBytes(32)), Tuned = options.Tuned };
        await using var redis = await RedisServer.Start(folder: place.Redis);
        await using var fleet = new FaultInjector(plan, place, redis, settings, log, time);
        foreach (var seat in fleet.Seats) seat.Start();
        await new ClusterCommands(redis.Endpoint, settings.Token, time).Run(cancellationToken, "submit", place.Config, "--name", Name);
        await Until("the first version", () => _journal.Look().Version >= 1, cancellationToken);
        for (var i = 0; _recoveries.Count < options.Times; i++)
        {
            var seat = fleet.Seats[1 + i % 3];
            await Until($"a group of {Worker(seat)}", () => Delivered(seat) > 0, cancellationToken);
            if (await Take(seat, cancellationToken) is not { } recovery) continue;
            _recoveries.Add(recovery);
            log.Say($"{options.Signal} {_recoveries.Count}: the lost group was there again after {recovery.TotalSeconds:0.00} s");
        }

        return new()
        {
            Signal = options.Signal,
            Tuned = options.Tuned,
            Lease = options.Lease,
            Recoveries = _recoveries,
            Joins = _joins,
        };
    }

    // Nothing when what it held was delivered before the signal took effect.
    private async Task<TimeSpan?> Take(SiloSeat seat, CancellationToken cancellationToken)
    {
        var (worker, silo) = (Worker(seat), seat.Silo!);
        await Until($"a lease of {worker}", () => Held(worker) is not null, cancellationToken);
        var key = Held(worker);
        var taken = time.GetUtcNow();
        if (options.Signal == ProcessSignal.Kill) await seat.Kill();
        else silo.Send(options.Signal);
        if (key is null) return await Back(seat, silo, null, cancellationToken);
        TimeSpan? recovery = null;
        await Until($"{key} again", () =>
        {
            var accepted = _journal.Look().Lines.FirstOrDefault(l => l.Entry.Key == key && l.Entry is { Kind: JournalKind.Offered, Reason: "accepted" });
            if (accepted.Entry is { } entry && entry.Worker != worker) recovery = accepted.At - taken;
            return accepted.Entry is not null;
        }, cancellationToken);
        return await Back(seat, silo, recovery, cancellationToken);
    }

    // After a kill the next one stands there, and is timed while it joins; one that stood still goes on, or another in its place.
    private async Task<TimeSpan?> Back(SiloSeat seat, SiloProcess silo, TimeSpan? recovery, CancellationToken cancellationToken)
    {
        var started = time.GetUtcNow();
        if (options.Signal != ProcessSignal.Kill)
        {
            silo.Send(ProcessSignal.Continue);
            await Until($"{silo.Name} or another in its place", () => Delivered(seat, started) > 0, cancellationToken);
            return recovery;
        }

        seat.Start();
        await Until($"{seat.Silo!.Name} in the cluster", () => seat.Silo.HasJoined, cancellationToken);
        var joined = time.GetUtcNow();
        await Until($"two groups of {Worker(seat)}", () => Delivered(seat) > 1, cancellationToken);
        _joins.Add(JoinTimes.Of(_journal.Look(), Worker(seat), started, joined));
        return recovery;
    }

    private int Delivered(SiloSeat seat, DateTimeOffset after = default) =>
        _journal.Look().Lines.Count(l => l.At > after && l.Entry.Worker == Worker(seat) && l.Entry is { Kind: JournalKind.Offered, Reason: "accepted" });

    // The group that it leased last, if it has not been offered.
    private GroupKey? Held(string worker)
    {
        var lines = _journal.Look().Lines;
        var claimed = lines.LastOrDefault(l => l.Entry.Kind == JournalKind.Claimed && l.Entry.Worker == worker);
        if (claimed.Entry?.Key is not { } key || time.GetUtcNow() - claimed.At > TimeSpan.FromMilliseconds(200)) return null;
        return lines.Any(l => l.Entry.Kind == JournalKind.Offered && l.Entry.Key == key) ? null : key;
    }

    private static string Worker(SiloSeat seat) => $"{seat.Silo?.Name}/0";

    private async Task Until(string what, Func<bool> condition, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (!condition())
        {
            if (time.GetElapsedTime(started) > Limit) throw new TimeoutException($"{what} did not come within {Limit.TotalSeconds:0} s; the logs are in {place.Logs}");
            await Task.Delay(Look, time, cancellationToken);
        }
    }
}
