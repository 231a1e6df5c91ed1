#!/usr/bin/env dotnet
#:property PublishAot=false
#:project ../src/Client/PairUni.Client.csproj

// Submits a run, shows each step as it is done, and keeps the images of its last step.
//   PAIRUNI_REDIS=127.0.0.1:6379 dotnet run scripts/submit-and-watch.cs -- NAME [options.json] [folder for images]
// options.json holds settings as in docs/configuration.md, for example {"learner": {"max_steps": 20}}. Ctrl-C leaves the run going.

using PairUni.Client;
using PairUni.Contracts;
using PairUni.Contracts.Options;

if (args is not [var name, ..]) return Usage();
try
{
    var options = args.Length > 1 ? RunOptionsJson.Read(File.ReadAllText(args[1])) : new();
    var images = Directory.CreateDirectory(args.Length > 2 ? args[2] : $"{name}-images").FullName;

    await using var cluster = await PairUniClient.Connect(ClusterAddress.FromEnvironment());
    foreach (var silo in await cluster.Silos())
        Console.WriteLine($"silo {silo.Name}: {string.Join(", ", silo.Roles)}, {silo.Devices} workers");

    var run = await cluster.Submit(name, options);
    await foreach (var step in run.Steps())
    {
        Console.WriteLine($"step {step.Step}: reward {step.Metrics["reward/mean"]:0.000}, {step.Metrics["time/step"]:0.0} s");
        if (step.Step == options.Learner.MaxSteps) await Keep(await run.Groups(step.Step), images);
    }

    var end = await run.End();
    Console.WriteLine($"{name} {end.Phase.ToString().ToLowerInvariant()}{(end.Error.Length > 0 ? ": " + end.Error : "")}; images in {images}");
    return end.Phase == RunPhase.Finished ? 0 : 1;
}
catch (UserErrorException fault)
{
    Console.Error.WriteLine(fault.Message);
    return 2;
}

static async Task Keep(IReadOnlyList<OfferGroup> groups, string folder)
{
    foreach (var group in groups.Where(g => g.Group.Key.Task == TaskKind.Generate))
    {
        foreach (var (sample, index) in group.Group.Samples.Select((s, i) => (s, i)))
        {
            var file = $"{group.Group.Key.Pair:000}-{index}-reward-{group.Score.Rewards[index]:0.00}.png";
            await File.WriteAllBytesAsync(Path.Combine(folder, file), sample.Image.ToArray());
        }

        Console.WriteLine($"  {group.Spec.Prompt}: {string.Join(' ', group.Score.Rewards.Select(r => r.ToString("0.00")))}");
    }
}

static int Usage()
{
    Console.Error.WriteLine("write: dotnet run scripts/submit-and-watch.cs -- NAME [options.json] [folder for images]");
    return 2;
}
