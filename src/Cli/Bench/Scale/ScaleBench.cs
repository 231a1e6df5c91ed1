using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using PairUni.Cli.Chaos;
using PairUni.Client;
using PairUni.Contracts;
using PairUni.Grains;
using PairUni.Silo;

namespace PairUni.Cli.Bench.Scale;

/// <summary>
/// Workers without models in several processes against one learner silo: what the runtime, the leases and the journal cost, and how far
/// that goes. Ideal is workers divided by the time of a group.
/// </summary>
internal static class ScaleBench
{
    private const int GroupsPerWorkerAndStep = 4;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    public static async Task<ScaleResult> Run(IReadOnlyList<(int Workers, double GroupSeconds)> rows, int processes, double seconds, TimeProvider time, string command)
    {
        var measured = new List<ScaleRow>();
        foreach (var (workers, length) in rows)
            measured.Add(await Row(workers, length, processes, TimeSpan.FromSeconds(seconds), time));
        return new(measured, processes, seconds, command);
    }

    private static async Task<ScaleRow> Row(int workers, double length, int processes, TimeSpan span, TimeProvider time)
    {
        await using var redis = await RedisServer.Start();
        var folder = Directory.CreateTempSubdirectory("pairuni-scale-").FullName;
        var path = Path.Combine(folder, "journal.jsonl");
        using var connection = await RedisDoor.Open(RedisDoor.Options(redis.Endpoint, null), "bench", null, null);
        using var file = new JournalFile(path, time);
        var (journal, observer) = (new CountingJournal(file), new StubObserver());
        var spec = Spec(workers);
        var services = new OneRunServices(
            new()
            {
                Trainer = new StubTrainer(TimeSpan.Zero, time),
                Pairs = new StubPairs(StubRun.Samples, StubRun.Tokens),
                Groups = new RedisGroupStore(connection.GetDatabase(), RedisDoor.Prefix("bench"), time),
                Journal = journal,
                Observer = observer,
                Fence = new RedisFence(connection.GetDatabase(), RedisDoor.Prefix("bench"), time),
            },
            new StubEngines(_ => TimeSpan.Zero, time),
            []);
        using var host = await ScaleSilo.Start(ScaleSilo.Settings(redis.Endpoint, "learner", SiloRole.Learner), services, time);
        await host.Services.GetRequiredService<IGrainFactory>().GetGrain<IRunGrain>(spec.Run).Start(spec, CancellationToken.None);
        Process[] children = [.. Enumerable.Range(0, processes).Select(i => Child(redis.Endpoint, i, Share(workers, processes, i), workers, length))];
        try
        {
            foreach (var child in children)
                await Ready(child);
            await Task.Delay(WarmUp + TimeSpan.FromSeconds(2 * length), time);
            var (before, cpu, start) = (journal.Accepted, Cpu(children), time.GetTimestamp());
            await Task.Delay(span, time);
            var (elapsed, groups, used) = (time.GetElapsedTime(start), journal.Accepted - before, Cpu(children) - cpu);
            if (observer.End.IsCompleted)
                throw new InvalidOperationException($"The run of the bench ended: {await observer.End}");
            var findings = await Findings(host, spec, children, path);
            return new(workers, length, groups / elapsed.TotalSeconds, used.TotalMicroseconds / Math.Max(1, groups), findings);
        }
        finally
        {
            foreach (var child in children.Where(c => !c.HasExited))
                child.Kill();
            await host.StopAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    public static RunSpec Spec(int workers) =>
        StubRun.Spec($"scale-{workers}", Math.Max(2, workers * GroupsPerWorkerAndStep / 2), maxLag: 1, maxSteps: 1_000_000);

    // Workers leave before the journal is read, so that nothing is half written.
    private static async Task<int> Findings(Microsoft.Extensions.Hosting.IHost host, RunSpec spec, Process[] children, string journal)
    {
        await host.Services.GetRequiredService<IGrainFactory>().GetGrain<IRunGrain>(spec.Run).Stop(save: false, CancellationToken.None);
        foreach (var child in children)
            child.StandardInput.Close();
        foreach (var child in children)
            await child.WaitForExitAsync();
        return JournalChecker.Check(journal, new() { MaxLag = spec.MaxLag, GroupsPerStep = 2 * spec.PairsPerStep }).Findings.Count;
    }

    private static int Share(int workers, int processes, int index) => (workers / processes) + (index < workers % processes ? 1 : 0);

    private static TimeSpan Cpu(Process[] children)
    {
        var sum = Environment.CpuUsage.TotalTime;
        foreach (var child in children)
        {
            child.Refresh();
            sum += child.TotalProcessorTime;
        }

        return sum;
    }

    private static async Task Ready(Process child)
    {
        using var limit = new CancellationTokenSource(StartLimit);
        if (await child.StandardOutput.ReadLineAsync(limit.Token) is null)
            throw new InvalidOperationException($"a process of the bench ended early: {(await child.StandardError.ReadToEndAsync(limit.Token)).Trim()}");
    }

    private static Process Child(string redis, int index, int workers, int all, double length)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "pairuni");
        string[] arguments =
        [
            "bench", "scale-silo", "--redis", redis, "--index", index.ToString(CultureInfo.InvariantCulture), "--workers", workers.ToString(CultureInfo.InvariantCulture),
            "--all", all.ToString(CultureInfo.InvariantCulture), "--length", length.ToString(CultureInfo.InvariantCulture),
        ];
        return Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new UserErrorException($"{program} could not be started for a process of the bench");
    }
}
