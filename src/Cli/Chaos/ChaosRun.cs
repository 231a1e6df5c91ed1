using System.Security.Cryptography;
using System.Text.Json;
using PairUni.Contracts;
using PairUni.Silo;

namespace PairUni.Cli.Chaos;

/// <summary>A real run on a real cluster of processes under a schedule of faults, and whether it held.</summary>
/// <remarks>
/// <code>
///   redis --- proxy --- silo ---+--- proxy of each silo --- other silos
///   start fleet, submit, first version | faults | heal, stop or finish | check the journal, compare with an undisturbed run
/// </code>
/// Every wait is bounded: one that runs out is a hang, which is a finding.
/// </remarks>
internal sealed class ChaosRun(ChaosOptions options, ChaosPlace place, UndisturbedRun undisturbed, ChaosLog log, TimeProvider time)
{
    private const string Name = "chaos";
    private const int Endless = 1_000_000;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    private JournalBounds Bounds => new() { MaxLag = options.MaxLag, GroupsPerStep = ChaosConfig.GroupsPerStep };

    /// <summary>Does all of it.</summary>
    public async Task<ChaosResult> Run(CancellationToken cancellationToken)
    {
        foreach (var folder in new[] { place.Folder, place.Runs, place.Logs }) Directory.CreateDirectory(folder);
        var yaml = ChaosConfig.Yaml(place.Runs, options.Steps ?? Endless, options.MaxLag, options.Lease.TotalSeconds);
        await File.WriteAllTextAsync(place.Config, yaml, cancellationToken);
        var schedule = FaultSchedule.Of(options.Seed, options.Length, options.Fleet, options.Bounds);
        var settings = new FleetSettings { Token = Convert.ToHexString(RandomNumberGenerator.GetBytes(32)), Tuned = options.Tuned };
        await using var redis = await RedisServer.Start(folder: place.Redis);
        await using var injector = new FaultInjector(options.Fleet, place, redis, settings, log, time);
        var commands = new ClusterCommands(redis.Endpoint, settings.Token, time);
        foreach (var seat in injector.Seats) seat.Start();
        try
        {
            await Disturb(injector, schedule, commands, cancellationToken);
        }
        catch (Exception fault) when (fault is TimeoutException or UserErrorException)
        {
            log.Find(fault.Message);
        }

        return await Judge(injector, commands, cancellationToken);
    }

    private async Task Disturb(FaultInjector injector, FaultSchedule schedule, ClusterCommands commands, CancellationToken cancellationToken)
    {
        await commands.Run(cancellationToken, "submit", place.Config, "--name", Name);
        await Version(1, cancellationToken);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var faults = injector.Run(schedule, cancellationToken);
        var progress = Progresses(over.Token);
        await await Task.WhenAny(Task.WhenAll(faults, Task.Delay(options.Length, time, cancellationToken)), progress);
        if (options.Steps is { } steps)
        {
            await Task.WhenAny(Version(steps, over.Token), progress);
        }
        else
        {
            await commands.Run(cancellationToken, "stop", Name);
        }

        await over.CancelAsync();
        await commands.Until(options.HangLimit, IsOver, cancellationToken, "status", "--json");
    }

    private bool IsOver(string status)
    {
        using var json = JsonDocument.Parse(status);
        var run = json.RootElement.GetProperty("runs").EnumerateArray().Single(r => r.GetProperty("name").GetString() == Name);
        var phase = run.GetProperty("phase").GetString();
        if (phase == "failed") log.Find($"the run failed: {run.GetProperty("error").GetString()}");
        return phase is not ("running" or "stopping");
    }

    private async Task Version(int version, CancellationToken cancellationToken)
    {
        var (started, journal) = (time.GetTimestamp(), new JournalTail(place.Journal(Name)));
        while (journal.Look().Version < version)
        {
            if (time.GetElapsedTime(started) > options.HangLimit)
                throw new TimeoutException($"version {version} was not published within {options.HangLimit.TotalSeconds:0} s");
            await Task.Delay(Look, time, cancellationToken);
        }
    }

    // Ends with an exception when nothing new was published for too long.
    private async Task Progresses(CancellationToken cancellationToken)
    {
        var (lines, since, journal) = (-1, time.GetTimestamp(), new JournalTail(place.Journal(Name)));
        while (!cancellationToken.IsCancellationRequested)
        {
            var now = journal.Look().Lines.Count;
            if (now != lines) (lines, since) = (now, time.GetTimestamp());
            if (time.GetElapsedTime(since) > options.HangLimit)
                throw new TimeoutException($"the run hangs: nothing was written into its journal for {options.HangLimit.TotalSeconds:0} s");
            await Task.Delay(Look, time, CancellationToken.None);
        }
    }

    private async Task<ChaosResult> Judge(FaultInjector injector, ClusterCommands commands, CancellationToken cancellationToken)
    {
        var journal = JournalChecker.Check(place.Journal(Name), Bounds);
        foreach (var finding in journal.Findings.Take(20)) log.Find($"journal {finding}");
        if (options.Steps is { } steps && journal.Version != steps) log.Find($"the run ended at version {journal.Version}, not {steps}");
        if (journal.Version == 0) log.Find("the run trained nothing");
        var whole = await undisturbed.Through(journal.Version, cancellationToken);
        var comparison = RunComparison.Of((journal, Path.Combine(place.Run(Name), "metrics.jsonl")), whole);
        if (comparison.Lost.Count > 0) log.Find($"{comparison.Lost.Count} groups were not trained: {string.Join(", ", comparison.Lost.Take(5))}");
        if (comparison.Extra.Count > 0) log.Find($"{comparison.Extra.Count} groups were trained that the undisturbed run did not train: {string.Join(", ", comparison.Extra.Take(5))}");
        if (options.MaxLag == 0 && comparison.OtherMetrics.Count > 0)
            log.Find($"the metrics of {comparison.OtherMetrics.Count} steps differ from the undisturbed run's, first those of step {comparison.OtherMetrics[0]}");
        return new()
        {
            Seed = options.Seed,
            Faults = injector.Done,
            Journal = journal,
            Timeline = JournalTimeline.Read(place.Journal(Name)),
            Comparison = comparison,
            LongestCommand = commands.Longest,
            Findings = log.Findings,
        };
    }
}
