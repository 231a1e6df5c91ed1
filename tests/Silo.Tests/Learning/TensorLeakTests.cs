using PairUni.Contracts;
using PairUni.Contracts.Options;
using PairUni.Grains;
using PairUni.Learner.Checkpoints;
using static TorchSharp.torch;

namespace PairUni.Silo.Tests;

/// <summary>Alone in its collection: the count of live tensors is the process'.</summary>
[CollectionDefinition(nameof(TensorLeakTests), DisableParallelization = true)]
[Collection(nameof(TensorLeakTests))]
public sealed class TensorLeakTests(TinyJanus tiny) : IClassFixture<TinyJanus>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task AfterEachStep_AsManyTensorsLive_AsBefore(int maxLag)
    {
        var options = Options(maxLag);
        var weights = new LocalWeights(new MemoryWeightStore());
        var pairs = new UgPairSource(tiny.PairsFile, options);
        await using var engine = new JanusRolloutEngine(new("local", 0), options, weights);
        await using var trainer = new JanusPolicyTrainer(options, new CheckpointFolder(_folder["checkpoints"]), weights, "");
        await trainer.Restore(new(0, -1), default);
        var live = new List<long>();
        for (var step = 1; step <= 5; step++)
        {
            await engine.Load(await trainer.Publish(default), default);
            var groups = new List<OfferGroup>();
            foreach (var task in Enum.GetValues<TaskKind>()) groups.Add(await Group(engine, pairs, step, task));
            await trainer.Train(new(step, groups), default);
            await trainer.Checkpoint(step, default);
            live.Add(Tensor.TotalCount);
        }

        // The first step makes AdamW's moments and whatever is kept for good.
        live.Skip(2).ShouldAllBe(count => count == live[1]);
        live[0].ShouldBeGreaterThan(50);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<OfferGroup> Group(JanusRolloutEngine engine, UgPairSource pairs, int step, TaskKind task)
    {
        var key = new GroupKey("r", step, 0, task);
        var spec = pairs.Get(step, 0).Of(task);
        var lease = new GroupLease { Key = key, LeaseId = 1, PolicyVersion = step - 1, Spec = spec, Duration = TimeSpan.FromMinutes(1) };
        var group = await engine.Generate(lease, default);
        var values = await new BrightnessReward("bright").Score(new() { Key = key, Mode = "", Spec = spec, Samples = group.Samples }, default);
        var score = new GroupScored { Key = key, Rewards = values, Parts = [new() { Name = "bright", Weight = 1, Values = values }] };
        return new() { LeaseId = 1, Spec = spec, Group = group, Score = score };
    }

    private RunOptions Options(int maxLag) => new()
    {
        Model = new() { Path = tiny.ModelPath },
        Rollout = new() { GroupSize = 4, MaxNewTokens = 3, MaxLag = maxLag },
        Learner = new() { PairsPerStep = 1, MaxSteps = 5, Lr = 1e-3, KlCoef = 0.1, Threads = 1 },
    };
}
