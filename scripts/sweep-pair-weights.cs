#!/usr/bin/env dotnet
#:property PublishAot=false
#:project ../src/Client/PairUni.Client.csproj

// Trains the same run with each way of weighing pairs (learner.pair_weight) and prints how each came out.
//   PAIRUNI_REDIS=127.0.0.1:6379 dotnet run scripts/sweep-pair-weights.cs -- NAME [options.json]
// The weights matter where partners were retrieved by similarity, as in the shapes world. The runs are NAME-none, NAME-linear and NAME-sqrt.

using PairUni.Client;
using PairUni.Contracts;
using PairUni.Contracts.Options;

if (args is not [var name, ..])
{
    Console.Error.WriteLine("write: dotnet run scripts/sweep-pair-weights.cs -- NAME [options.json]");
    return 2;
}

try
{
    var options = args.Length > 1 ? RunOptionsJson.Read(File.ReadAllText(args[1])) : new();
    await using var cluster = await PairUniClient.Connect(ClusterAddress.FromEnvironment());
    var runs = new List<RunClient>();
    foreach (var weight in (string[])["none", "linear", "sqrt"])
        runs.Add(await cluster.Submit($"{name}-{weight}", options with { Learner = options.Learner with { PairWeight = weight } }));

    // Workers take the runs one after the other; all are followed at once.
    var results = await Task.WhenAll(runs.Select(Follow));
    Console.WriteLine($"{"run",-24} {"steps",5} {"generate",9} {"understand",10} {"weight",7}   means over the last quarter of the steps");
    foreach (var (run, steps) in results)
    {
        Console.WriteLine($"{run,-24} {steps.Count,5} {Late(steps, "generate/reward/mean"),9:0.0000} {Late(steps, "understand/reward/mean"),10:0.0000} {Late(steps, "pair/weight/mean"),7:0.000}");
    }

    return results.All(r => r.Steps.Count == options.Learner.MaxSteps) ? 0 : 1;
}
catch (UserErrorException fault)
{
    Console.Error.WriteLine(fault.Message);
    return 2;
}

static async Task<(string Run, List<StepTrained> Steps)> Follow(RunClient run)
{
    var steps = new List<StepTrained>();
    await foreach (var step in run.Steps()) steps.Add(step);
    if (await run.End() is { Phase: not RunPhase.Finished } end) Console.Error.WriteLine($"{run.Name} {end.Phase.ToString().ToLowerInvariant()}: {end.Error}");
    return (run.Name, steps);
}

static double Late(List<StepTrained> steps, string metric) =>
    steps.TakeLast(Math.Max(1, steps.Count / 4)).Select(s => s.Metrics.GetValueOrDefault(metric, double.NaN)).DefaultIfEmpty(double.NaN).Average();
