using PairUni.Contracts;
using PairUni.Contracts.Options;
using PairUni.Grains;
using PairUni.Modeling.Janus;

namespace PairUni.Silo.Tests;

public sealed class RunHostTests(TinyJanus tiny) : IClassFixture<TinyJanus>, IDisposable
{
    private readonly TemporaryFolder _runs = new();

    [Fact]
    public async Task ARun_Learns_SavesAWholeJanusFolder_AndItsJournalHolds()
    {
        var sink = new RecordingSink();
        (await Train("a", Options(), sink)).ShouldBe(new RunOutcome(RunPhase.Finished, 3, "", false));
        sink.Steps.Select(s => s.Step.Step).ShouldBe([1, 2, 3]);
        sink.Steps.ShouldAllBe(s => s.Groups.Count == 4);
        sink.Steps[0].Step.Metrics["logp/sampler_gap/max"].ShouldBeLessThan(1e-4);
        sink.Steps[0].Step.Metrics["optim/grad_norm"].ShouldBeGreaterThan(0);
        var report = JournalChecker.Check(_runs["a/journal.jsonl"], new() { MaxLag = 0, GroupsPerStep = 4 });
        report.Findings.ShouldBeEmpty();
        (report.Planned, report.Trained.Count, report.Version).ShouldBe((12, 12, 3));
        File.ReadAllText(_runs["a/checkpoints/latest"]).Trim().ShouldBe("step-000003");
        using var saved = JanusPolicy.Load(_runs["a/checkpoints/step-000003"]);
        using var initial = JanusPolicy.Load(tiny.ModelPath);
        var changed = saved.Weights().Zip(initial.Weights()).Where(w => !w.First.Tensor.Equals(w.Second.Tensor)).Select(w => w.First.Name).ToArray();
        changed.ShouldContain("language_model.model.layers.0.self_attn.q_proj.weight");
        changed.ShouldAllBe(name => name.StartsWith("language_model.") || name.StartsWith("gen_head.") || name.StartsWith("gen_embed.") || name.StartsWith("gen_aligner."));
    }

    [Fact]
    public async Task TwoRunsOfOneSeed_HaveTheSameMetrics_HoweverManyWorkers()
    {
        var curves = new List<string[]>();
        foreach (var workers in new[] { 1, 3 })
        {
            var sink = new RecordingSink();
            var options = Options();
            await Train($"w{workers}", options with { Rollout = options.Rollout with { Workers = workers } }, sink);
            curves.Add(sink.Curve);
        }

        curves[1].ShouldBe(curves[0]);
        curves[0][2].ShouldContain("kl/sampler=");
    }

    [Fact]
    public async Task AStoppedRun_ThatIsResumed_HasTheCurveOfOneThatWasNotStopped()
    {
        var straight = new RecordingSink();
        await Train("straight", Options(steps: 5), straight);

        var first = new RecordingSink();
        RunHandle? handle = null;
        var stopping = new TaskCompletionSource<Task<RunOutcome>>();
        first.OnStep = s =>
        {
            if (s.Step == 2) stopping.TrySetResult(handle!.Stop(save: true));
        };
        using (var folder = RunFolder.Open(_runs.Path, "broken", RunFolderMode.New))
        {
            await using (handle = await Start(Options(steps: 5), folder, first))
                (await (await stopping.Task)).Phase.ShouldBe(RunPhase.Stopped);
        }

        var committed = first.Steps.Count;
        committed.ShouldBeInRange(2, 4);
        var second = new RecordingSink();
        (await Train("broken", Options(steps: 5), second, RunFolderMode.Resume)).Phase.ShouldBe(RunPhase.Finished);
        first.Curve.Concat(second.Curve).ShouldBe(straight.Curve);
        JournalChecker.Check(_runs["broken/journal.jsonl"], new() { MaxLag = 0, GroupsPerStep = 4 }).Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task WithLag1_GroupsBringTheirOldLogProbabilities_AndTheJournalHolds()
    {
        var sink = new RecordingSink();
        var options = Options(steps: 6);
        (await Train("lag", options with { Rollout = options.Rollout with { MaxLag = 1 } }, sink)).Phase.ShouldBe(RunPhase.Finished);
        sink.Steps.SelectMany(s => s.Groups).ShouldAllBe(g => g.Group.Samples[0].LogpOld!.Length == g.Group.Samples[0].Tokens.Length);
        var report = JournalChecker.Check(_runs["lag/journal.jsonl"], new() { MaxLag = 1, GroupsPerStep = 4 });
        report.Findings.ShouldBeEmpty();
        report.MaxLag.ShouldBe(1);
        foreach (var sample in sink.Steps.SelectMany(s => s.Groups).SelectMany(g => g.Group.Samples))
            sample.LogpOld!.Zip(sample.LogpConditional).ShouldAllBe(p => Math.Abs(p.First - p.Second) < 1e-4);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task WorkersInBfloat16_UnderALearnerInFloat32_GenerateWithItsRoundedWeights(int maxLag)
    {
        var sink = new RecordingSink();
        var options = Options(steps: 4);
        options = options with { Rollout = options.Rollout with { Dtype = "bfloat16", MaxLag = maxLag } };
        (await Train("rounded", options, sink)).Phase.ShouldBe(RunPhase.Finished);
        // At the learner's version its own log-probabilities count, which differ from the sampler's by the rounding.
        if (maxLag == 0) sink.Steps.ShouldAllBe(s => s.Step.Metrics["logp/sampler_gap/max"] > 1e-5 && s.Step.Metrics["logp/sampler_gap/max"] < 0.1);
        JournalChecker.Check(_runs["rounded/journal.jsonl"], new() { MaxLag = maxLag }).Findings.ShouldBeEmpty();
        using var saved = JanusPolicy.Load(_runs["rounded/checkpoints/step-000004"]);
        saved.Weights().Any(w => !w.Tensor.Equals(w.Tensor.to(TorchSharp.torch.ScalarType.BFloat16).to(TorchSharp.torch.ScalarType.Float32)))
            .ShouldBeTrue("the learner's own weights stay float32");
    }

    [Fact]
    public async Task AVersionInBfloat16_IsBitForBitTheModelLoadedInBfloat16()
    {
        var options = Options();
        var weights = new LocalWeights(new MemoryWeightStore());
        using var folder = RunFolder.Open(_runs.Path, "types", RunFolderMode.New);
        await using var half = new JanusPolicyTrainer(options with { Rollout = options.Rollout with { Dtype = "bfloat16" } }, folder.Checkpoints, weights, "");
        await using var loaded = new JanusPolicyTrainer(options with { Model = options.Model with { Dtype = "bfloat16" } }, folder.Checkpoints, weights, "");
        await using var whole = new JanusPolicyTrainer(options, folder.Checkpoints, weights, "");
        foreach (var trainer in new[] { half, loaded, whole }) await trainer.Restore(new(0, -1), default);
        var (a, b, c) = (await half.Publish(default), await loaded.Publish(default), await whole.Publish(default));
        (a.Digest, a.ModelFingerprint).ShouldBe((b.Digest, b.ModelFingerprint));
        a.ModelFingerprint.ShouldNotBe(c.ModelFingerprint);
        ((double)a.Bytes / c.Bytes).ShouldBeInRange(0.49, 0.56);
    }

    [Fact]
    public async Task AModelThatCannotBeLoaded_FailsTheRun_WithItsSentence_AsAUsersError()
    {
        var options = Options();
        var outcome = await Train("none", options with { Model = options.Model with { Path = _runs["nowhere"] } }, new());
        (outcome.Phase, outcome.UserError).ShouldBe((RunPhase.Failed, true));
        outcome.Error.ShouldContain(_runs["nowhere"]);
    }

    [Fact]
    public async Task ASinkThatCannotWrite_FailsTheRun_WithItsSentence()
    {
        var sink = new RecordingSink { OnStep = _ => throw new IOException("No space left on device") };
        var outcome = await Train("full", Options(steps: 50), sink);
        (outcome.Phase, outcome.UserError, outcome.Version).ShouldBe((RunPhase.Failed, true, 1));
        outcome.Error.ShouldBe("The run's files cannot be written: No space left on device; free disk space or fix the permissions, then go on with --resume.");
        Directory.Exists(_runs["full/checkpoints/step-000001"]).ShouldBeFalse("a step that is not on record must not be committed");
    }

    [Fact]
    public async Task WeightsThatWereTamperedWith_AreNotUsed()
    {
        var store = new MemoryWeightStore();
        WeightChunk chunk = new() { Hash = new string('a', 64), Length = 3 };
        await store.Put(chunk, new byte[] { 1, 2, 3 }, default);
        await using var engine = new JanusRolloutEngine(new("local", 0), Options(), new LocalWeights(store));
        var manifest = new WeightManifest { Version = 1, Chunks = [chunk], Bytes = 3, ModelFingerprint = "", Digest = "" };
        (await Should.ThrowAsync<WeightsRejectedException>(() => engine.Load(manifest, default))).Message.ShouldContain("does not have the content of its hash");
        engine.PolicyVersion.ShouldBe(-1);
        var lease = new GroupLease { Key = new("r", 1, 0, TaskKind.Generate), LeaseId = 1, PolicyVersion = 1, Spec = null!, Duration = TimeSpan.FromMinutes(1) };
        await Should.ThrowAsync<WeightsRejectedException>(() => engine.Generate(lease, default));
    }

    public void Dispose() => _runs.Dispose();

    private RunOptions Options(int steps = 3) => new()
    {
        Model = new() { Path = tiny.ModelPath },
        Rollout = new() { Workers = 2, GroupSize = 4, MaxNewTokens = 3, CfgWeight = 2 },
        Reward = new() { Generate = [new() { Name = "bright" }], Understand = [new() { Name = "long" }] },
        Learner = new() { PairsPerStep = 2, MaxSteps = steps, Lr = 1e-3, Threads = 1 },
        Checkpoint = new() { Every = 1 },
    };

    private async Task<RunOutcome> Train(string name, RunOptions options, RecordingSink sink, RunFolderMode mode = RunFolderMode.New)
    {
        using var folder = RunFolder.Open(_runs.Path, name, mode);
        await using var handle = await Start(options, folder, sink);
        return await handle.Completion.WaitAsync(TimeSpan.FromMinutes(2));
    }

    private Task<RunHandle> Start(RunOptions options, RunFolder folder, IProgressSink sink)
    {
        var ports = RunHost.Ports(options, folder, tiny.PairsFile, TimeProvider.System) with
        {
            Rewards = [new BrightnessReward("bright"), new BrightnessReward("long")],
        };
        return RunHost.Start(options, folder, ports, sink, TimeProvider.System, default);
    }
}
