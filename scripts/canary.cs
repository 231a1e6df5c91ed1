#!/usr/bin/env dotnet
#:property PublishAot=false
#:project ../src/Client/PairUni.Client.csproj
#:project ../src/Algorithms/PairUni.Algorithms.csproj

// Compares two versions of a policy on the same held-out prompts and questions, with the same seeds; says whether the second may follow.
//   PAIRUNI_REDIS=127.0.0.1:6379 dotnet run scripts/canary.cs -- NAME runs/x/checkpoints/step-000020 runs/x/checkpoints/step-000040 [options.json]
// Each version is a run of one step whose groups are scored before anything is trained; every silo must find the folders. Held-out pairs
// are data.path of options.json, else a shapes world of another seed. Exit code 0: no worse, 1: worse beyond chance, 2: bad input.

using PairUni.Algorithms;
using PairUni.Client;
using PairUni.Contracts;
using PairUni.Contracts.Options;

const long HeldOutSeed = 987_654_321;

if (args is not [var name, var before, var after, ..])
{
    Console.Error.WriteLine("write: dotnet run scripts/canary.cs -- NAME BEFORE AFTER [options.json]");
    return 2;
}

try
{
    var given = args.Length > 3 ? RunOptionsJson.Read(File.ReadAllText(args[3])) : new() { Learner = new() { PairsPerStep = 64 } };
    await using var cluster = await PairUniClient.Connect(ClusterAddress.FromEnvironment());
    var old = await Score(cluster, $"{name}-before", before, given);
    var candidate = await Score(cluster, $"{name}-after", after, given);

    var worse = false;
    foreach (var task in Enum.GetValues<TaskKind>())
    {
        // Samples of one prompt are not independent: the prompt is the unit, and both versions saw the same ones.
        double[] gains = [.. old.Where(g => g.Key.Task == task && candidate.ContainsKey(g.Key)).Select(g => candidate[g.Key] - g.Value)];
        var gain = Bootstrap.Mean(gains, seed: 1);
        worse |= gain.High < 0;
        Console.WriteLine($"{task.ToString().ToLowerInvariant(),-10} {gains.Length,4} pairs, reward {gain.Mean:+0.0000;-0.0000} [{gain.Low:+0.0000;-0.0000}, {gain.High:+0.0000;-0.0000}]");
    }

    Console.WriteLine(worse ? "worse beyond chance: keep the version before" : "no worse: the version after may follow");
    return worse ? 1 : 0;
}
catch (UserErrorException fault)
{
    Console.Error.WriteLine(fault.Message);
    return 2;
}

// Mean reward of each pair and task, by the key that both versions share.
static async Task<Dictionary<(int Pair, TaskKind Task), double>> Score(PairUniClient cluster, string name, string model, RunOptions given)
{
    var options = given with
    {
        Run = given.Run with { Seed = HeldOutSeed },
        Model = given.Model with { Path = model },
        Data = given.Data with { Pairs = Math.Max(given.Learner.PairsPerStep, 16), Pairing = "paired" },
        Rollout = given.Rollout with { MaxLag = 0 },
        // The least that a step may change: what it made is thrown away.
        Learner = given.Learner with { MaxSteps = 1, WarmupSteps = 0, Lr = 1e-12 },
        Checkpoint = new() { Every = 0, KeepLast = 1 },
    };
    var run = await cluster.Submit(name, options, SubmitMode.Overwrite);
    await foreach (var step in run.Steps())
    {
        var groups = await run.Groups(step.Step, max: 2 * options.Learner.PairsPerStep);
        Console.WriteLine($"{name}: {groups.Count} groups, reward {step.Metrics["reward/mean"]:0.0000}");
        return groups.ToDictionary(g => (g.Group.Key.Pair, g.Group.Key.Task), g => (double)g.Score.Rewards.Average());
    }

    throw new UserErrorException($"{name} could not be scored: {(await run.End()).Error}");
}
