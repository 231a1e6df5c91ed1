#!/usr/bin/env dotnet
#:property PublishAot=false
#:project ../src/Client/PairUni.Client.csproj

// Rehearses scaling out and in on this machine: while a run goes on, starts rollout silos one after the other, tells how soon each made
// its first group and how the pace changed, then drains them all and sees that the run goes on and none left anything behind.
//   PAIRUNI_REDIS=127.0.0.1:6379 dotnet run scripts/rehearse-scale-out.cs -- RUN SILOS [seconds for each] [command, ./pairuni by default]

using System.Diagnostics;
using System.Globalization;
using PairUni.Client;
using PairUni.Contracts;

if (args is not [var name, var count, ..] || !int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var silos) || silos is < 1 or > 64)
{
    Console.Error.WriteLine("write: dotnet run scripts/rehearse-scale-out.cs -- RUN SILOS [seconds for each] [command]");
    return 2;
}

var window = TimeSpan.FromSeconds(args.Length > 2 ? double.Parse(args[2], CultureInfo.InvariantCulture) : 20);
var command = args.Length > 3 ? args[3] : "./pairuni";
var started = new List<(string Name, Process Process)>();
try
{
    await using var cluster = await PairUniClient.Connect(ClusterAddress.FromEnvironment());
    var run = cluster.Run(name);
    Console.WriteLine($"without: {await Pace(run, window):0.0} groups a minute");
    for (var number = 1; number <= silos; number++)
    {
        var silo = $"rehearsal-{Environment.ProcessId}-{number}";
        var clock = Stopwatch.StartNew();
        started.Add((silo, Process.Start(new ProcessStartInfo(command, ["silo", "--roles", "rollout", "--name", silo]) { RedirectStandardOutput = true })!));
        _ = started[^1].Process.StandardOutput.ReadToEndAsync();
        await Until($"{silo} made a group", async () => Delivered(await run.Status(), silo) > 0, started[^1].Process);
        var first = clock.Elapsed;
        Console.WriteLine($"with {number}: first group after {first.TotalSeconds:0.0} s, {await Pace(run, window):0.0} groups a minute");
    }

    foreach (var (silo, _) in started) await cluster.Drain(silo);
    foreach (var (silo, process) in started)
    {
        await Until($"{silo} left", () => Task.FromResult(process.HasExited));
        Console.WriteLine($"{silo} left with exit code {process.ExitCode}");
    }

    var status = await run.Status();
    Console.WriteLine($"after: step {status.Version} of {status.MaxSteps}, {(await run.Entry()).Phase.ToString().ToLowerInvariant()}");
    return started.All(s => s.Process.ExitCode == 0) && status.Error.Length == 0 ? 0 : 1;
}
catch (UserErrorException fault)
{
    Console.Error.WriteLine(fault.Message);
    return 2;
}
finally
{
    foreach (var (_, process) in started.Where(s => !s.Process.HasExited)) process.Kill();
}

static int Delivered(RunStatus status, string silo) => status.WorkerEntries.Where(w => w.Worker.StartsWith(silo + "/", StringComparison.Ordinal)).Sum(w => w.Delivered);

static async Task<double> Pace(RunClient run, TimeSpan window)
{
    var clock = Stopwatch.StartNew();
    var before = (await run.Status()).WorkerEntries.Sum(w => w.Delivered);
    await Task.Delay(window);
    return ((await run.Status()).WorkerEntries.Sum(w => w.Delivered) - before) / clock.Elapsed.TotalMinutes;
}

static async Task Until(string what, Func<Task<bool>> condition, Process? process = null)
{
    var clock = Stopwatch.StartNew();
    while (!await condition())
    {
        if (process?.HasExited == true) throw new UserErrorException($"the silo ended with exit code {process.ExitCode} before {what}");
        if (clock.Elapsed > TimeSpan.FromMinutes(2)) throw new UserErrorException($"two minutes passed before {what}");
        await Task.Delay(TimeSpan.FromMilliseconds(200));
    }
}
