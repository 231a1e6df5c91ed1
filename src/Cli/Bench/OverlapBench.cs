using System.Numerics;
using PairUni.Contracts;
using PairUni.Contracts.Options;
using PairUni.Silo;

namespace PairUni.Cli.Bench;

/// <summary>
/// How much of a training step's time generation hides behind: whole runs in one process, with the real grains, journal and group store, and
/// stubs that only wait for engines and trainer. Generating a step with all workers takes as long as training one.
/// </summary>
internal static class OverlapBench
{
    private const int Workers = 4;

    /// <summary>Runs equal and skewed lengths, synchronously and one version ahead.</summary>
    /// <param name="steps">Steps of each run.</param>
    /// <param name="pairs">Pairs of a step: a generation and an understanding group of each.</param>
    /// <param name="group">Mean time of generating a group.</param>
    /// <param name="time">The clock.</param>
    public static async Task<IReadOnlyList<OverlapRow>> Run(int steps, int pairs, TimeSpan group, TimeProvider time)
    {
        var rows = new List<OverlapRow>();
        foreach (var lengths in Enum.GetValues<OverlapLengths>())
            foreach (var lag in new[] { 0, 1 })
                rows.Add(await Run(steps, pairs, group, lengths, lag, time));
        return rows;
    }

    private static async Task<OverlapRow> Run(int steps, int pairs, TimeSpan group, OverlapLengths lengths, int lag, TimeProvider time)
    {
        var parent = Directory.CreateTempSubdirectory("pairuni-overlap-").FullName;
        try
        {
            using var folder = RunFolder.Open(parent, "overlap", RunFolderMode.New);
            // Training a step takes as long as all workers need to generate one.
            var phase = group * (2 * pairs) / Workers;
            var ports = new RunPorts
            {
                Pairs = new StubPairs(samples: 2, tokens: 1),
                Engines = new StubEngines(Lengths(lengths, pairs, group), time),
                Trainer = new StubTrainer(phase, time),
                Rewards = [new StubReward("shapes"), new StubReward("answer")],
                Groups = new FileGroupStore(folder.Groups),
                Journal = new JournalFile(folder.JournalFile, time),
            };
            var options = new RunOptions
            {
                Rollout = new() { Workers = Workers, MaxLag = lag },
                Learner = new() { PairsPerStep = pairs, MaxSteps = steps },
                Checkpoint = new() { Every = 0 },
            };
            var counter = new StepCounter();
            var start = time.GetTimestamp();
            await using var run = await RunHost.Start(options, folder, ports, counter, time, CancellationToken.None);
            var outcome = await run.Completion;
            if (outcome.Phase != RunPhase.Finished || counter.Steps != steps)
                throw new InvalidOperationException($"The run ended as {outcome.Phase} after {counter.Steps} of {steps} steps: {outcome.Error}");
            return new(lengths, lag, time.GetElapsedTime(start).TotalSeconds, (phase * (steps + 1)).TotalSeconds, (phase * 2 * steps).TotalSeconds, counter.LargestLag);
        }
        finally
        {
            Directory.Delete(parent, recursive: true);
        }
    }

    // Lengths of a lognormal law (sigma 1) at its middle quantiles, shortest first, dealt out by the key, to every step each once and in
    // another order; all of a step together take as long as with equal lengths.
    private static Func<GroupKey, TimeSpan> Lengths(OverlapLengths lengths, int pairs, TimeSpan group)
    {
        if (lengths == OverlapLengths.Equal) return _ => group;
        var groups = 2 * pairs;
        double[] drawn = [.. Enumerable.Range(0, groups).Select(i => Math.Exp(NormalQuantile((i + 0.5) / groups)))];
        var mean = drawn.Average();
        return key => group * (drawn[Place(key)] / mean);

        int Place(GroupKey key) => lengths == OverlapLengths.ByTask
            ? (((Stride(pairs) * key.Pair) + (5 * key.Step)) % pairs) + (key.Task == TaskKind.Generate ? pairs : 0)
            : ((Stride(groups) * ((2 * key.Pair) + (int)key.Task)) + (5 * key.Step)) % groups;
    }

    // Shore's approximation, within 0.3 %.
    private static double NormalQuantile(double p) => p < 0.5 ? -NormalQuantile(1 - p) : 5.5556 * (1 - Math.Pow((1 - p) / p, 0.1186));

    // Coprime to the number of places, so that each is taken once.
    private static int Stride(int places)
    {
        var stride = (2 * places / 5) + 1;
        while (BigInteger.GreatestCommonDivisor(stride, places) > 1) stride++;
        return stride;
    }
}
