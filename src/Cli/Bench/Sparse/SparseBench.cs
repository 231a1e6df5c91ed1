using PairUni.Cli.Models;
using PairUni.Contracts;
using PairUni.Contracts.Options;
using PairUni.Data.Shapes;
using PairUni.Silo;

namespace PairUni.Cli.Bench;

/// <summary>Real runs on the shapes world, whose versions are measured: bytes of sparse updates against bytes of whole versions.</summary>
internal static class SparseBench
{
    private const int Pairs = 500;

    /// <summary>Type of the learner's weights, then of the workers': trained in float32 for bfloat16 workers, all bfloat16, all float32.</summary>
    private static readonly (string Learner, string Workers)[] Types = [("float32", "bfloat16"), ("bfloat16", "bfloat16"), ("float32", "float32")];

    public static async Task<IReadOnlyList<SparseRow>> Run(string model, int steps, double rate, TimeProvider time)
    {
        var folder = Directory.CreateTempSubdirectory("pairuni-").FullName;
        try
        {
            var world = ShapesDataset.Ensure(Path.Combine(folder, "data"), seed: 1, Pairs);
            var rows = new List<SparseRow>();
            foreach (var (learner, workers) in Types)
                rows.Add(new(learner, workers, await Train(Options(model, steps, rate, learner, workers), folder, world.TrainPath, time)));
            return rows;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static RunOptions Options(string model, int steps, double rate, string learner, string workers) => new()
    {
        Model = new() { Path = BuiltInFiles.Find(model), Dtype = learner },
        Rollout = new() { Dtype = workers },
        Learner = new() { MaxSteps = steps, Lr = rate, WarmupSteps = 0, LrSchedule = "constant" },
        Checkpoint = new() { Every = 0 },
    };

    private static async Task<IReadOnlyList<SparseStep>> Train(RunOptions options, string parent, string pairs, TimeProvider time)
    {
        using var folder = RunFolder.Open(parent, $"{options.Model.Dtype}-{options.Rollout.Dtype}", RunFolderMode.New);
        var weights = new MeasuredWeights();
        var ports = RunHost.Ports(options, folder, pairs, time, weights);
        await using var run = await RunHost.Start(options, folder, ports, new Silence(), time, default);
        var outcome = await run.Completion;
        return outcome.Phase == RunPhase.Finished ? weights.Steps : throw new UserErrorException($"the run ended early: {outcome.Error}");
    }

    private sealed class Silence : IProgressSink
    {
        public void Step(StepTrained step, IReadOnlyList<OfferGroup> groups)
        {
        }

        public void Restored(int step)
        {
        }

        public void Message(string sentence)
        {
        }
    }
}
