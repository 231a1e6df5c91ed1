using PairUni.Algorithms;
using PairUni.Contracts;
using PairUni.Learner.Training;
using PairUni.Modeling.Janus;
using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Learner.Tests.Training;

public class PolicyLearnerTests
{
    private static readonly LearnerSettings Settings = new()
    {
        LearningRate = new() { Peak = 1e-3 },
        Freeze = ["vision_model", "aligner", "gen_vision_model"],
    };

    [Fact]
    public void AStep_ReportsEveryMetric()
    {
        using var policy = TinyPolicy.Create();
        using var learner = new PolicyLearner(policy, Settings);
        var group = TinyPolicy.Images(policy, 0) with { Parts = [new("shapes", 1, [1, 0, 0.5f, 0.5f])], PolicyVersion = -1 };
        var sampler = group.Tokens.Select(t => t.Select(_ => -3f).ToArray()).ToArray();
        var metrics = learner.Step([group with { LogpSampler = sampler }, TinyPolicy.Answers(policy, 0)]).Values;

        string[] both =
        [
            "reward/mean", "reward/std", "reward/zero_std_frac", "kl", "clip_frac", "entropy", "completion/length/mean",
            "completion/truncated_frac", "policy/lag/mean", "policy/lag/max", "pair/weight/mean",
        ];
        foreach (var prefix in new[] { "", "generate/", "understand/" })
            foreach (var name in both) metrics.Keys.ShouldContain(prefix + name);
        metrics.Keys.ShouldContain("optim/grad_norm");
        metrics.Keys.ShouldContain("generate/kl/sampler");
        metrics["optim/lr"].ShouldBe(1e-3);
        metrics["generate/reward/shapes/mean"].ShouldBe(0.5);
        metrics["generate/completion/length/mean"].ShouldBe(4);
        metrics["generate/completion/truncated_frac"].ShouldBe(0);
        metrics["understand/completion/truncated_frac"].ShouldBe(0.5);
        metrics["policy/lag/max"].ShouldBe(1);
        metrics["policy/lag/mean"].ShouldBe(0.5);
        metrics["kl"].ShouldBe(0, 1e-12);
        metrics["clip_frac"].ShouldBe(0);
        metrics["generate/entropy"].ShouldBeInRange(0, Math.Log(TinyPolicy.Config.Vq.CodebookSize) + 1e-6);
    }

    [Fact]
    public void AStep_MovesTheTrainedWeights_AndLeavesTheFrozenOnes()
    {
        using var policy = TinyPolicy.Create();
        using var learner = new PolicyLearner(policy, Settings);
        var before = Copy(policy);
        learner.Step([TinyPolicy.Images(policy, 0), TinyPolicy.Answers(policy, 0, [1, 0, 0, 1])]).Version.ShouldBe(1);
        var after = Copy(policy);
        before.Keys.Where(k => Settings.Freeze.Any(f => k.StartsWith(f + ".", StringComparison.Ordinal)))
            .ShouldAllBe(k => before[k].SequenceEqual(after[k]));
        foreach (var trained in new[] { "language_model.lm_head.weight", "gen_head.vision_head.weight", "language_model.model.norm.weight" })
            after[trained].SequenceEqual(before[trained]).ShouldBeFalse(trained);
    }

    [Theory]
    [InlineData(LossType.Grpo)]
    [InlineData(LossType.Dapo)]
    [InlineData(LossType.DrGrpo)]
    public void MicroBatches_GiveTheGradientOfTheBigBatch(LossType type)
    {
        var big = Gradients(Settings with { LossType = type });
        var small = Gradients(Settings with { LossType = type, MicroBatchGroups = 1 });
        small.Keys.ShouldBe(big.Keys);
        foreach (var (name, gradient) in big) small[name].ShouldBe(gradient, 1e-6, name);
    }

    [Fact]
    public void AnOffPolicyCorrection_WeighsTheGradient()
    {
        using var policy = TinyPolicy.Create();
        var group = TinyPolicy.Images(policy, 0, [1, 0, 0, 0]) with { PolicyVersion = -1 };
        // Drawn as if almost impossible, so that every weight is cut down to the cap.
        var drawn = group with { LogpConditional = [.. group.Tokens.Select(t => t.Select(_ => -50f).ToArray())] };
        var plain = Gradients(Settings, policy, group);
        var halved = Gradients(Settings with { OffPolicy = new() { Kind = OffPolicy.Tis, Cap = 0.5 } }, policy, drawn);
        halved.Keys.ShouldBe(plain.Keys);
        foreach (var (name, gradient) in plain) halved[name].ShouldBe([.. gradient.Select(g => g / 2)], 1e-7, name);

        Gradients(Settings with { OffPolicy = new() { Kind = OffPolicy.Mis } }, policy, drawn).Values.ShouldAllBe(g => g.All(v => v == 0));
        using var learner = new PolicyLearner(policy, Settings with { OffPolicy = new() { Kind = OffPolicy.Decoupled } });
        var metrics = learner.Step([drawn]).Values;
        metrics["off_policy/filtered_frac"].ShouldBe(1);
        metrics["generate/off_policy/ratio/max"].ShouldBeGreaterThan(5);
        Should.Throw<ArgumentException>(() => learner.Step([group])).Message.ShouldContain("log-probabilities");
    }

    private static IReadOnlyDictionary<string, float[]> Gradients(LearnerSettings settings, JanusPolicy policy, TrainGroup group)
    {
        using var learner = new PolicyLearner(policy, settings);
        return learner.GradientsOf([group]);
    }

    [Fact]
    public void TheGradientAtRatioOne_IsThePolicyGradient()
    {
        // w A grad log pi: twice the pair weight, twice the gradient; opposite rewards, opposite gradient.
        using var policy = TinyPolicy.Create();
        var group = TinyPolicy.Images(policy, 0, [1, 0, 0, 0]) with { PairWeight = 1 };
        var once = GradientOf(policy, group);
        var half = GradientOf(policy, group with { PairWeight = 0.5 });
        var opposite = GradientOf(policy, group with { Rewards = [-1, 0, 0, 0] });
        once.Max(Math.Abs).ShouldBeGreaterThan(1e-4f);
        half.ShouldBe(once.Select(g => g / 2), 1e-6);
        opposite.ShouldBe(once.Select(g => -g), 1e-6);
    }

    [Fact]
    public void AGroupOfEqualRewards_CostsNothing_ButCountsInTheDenominator()
    {
        using var policy = TinyPolicy.Create();
        var live = TinyPolicy.Images(policy, 0, [1, 0, 0, 0]);
        var silent = TinyPolicy.Images(policy, 1, [1, 1, 1, 1]);
        var alone = GradientOf(policy, live);
        var together = GradientOf(policy, live, silent);
        together.ShouldBe(alone.Select(g => g / 2), 1e-6);
    }

    [Fact]
    public void WhenEveryRewardIsEqual_TheWeightsStay_AndTheVersionRises()
    {
        using var policy = TinyPolicy.Create();
        using var learner = new PolicyLearner(policy, Settings);
        learner.Step([TinyPolicy.Images(policy, 0)]);
        var before = Copy(policy);
        var metrics = learner.Step([TinyPolicy.Images(policy, 0, [1, 1, 1, 1])]);
        metrics.Version.ShouldBe(2);
        metrics.Values["reward/zero_std_frac"].ShouldBe(1);
        metrics.Values["optim/grad_norm"].ShouldBe(0);
        SameBits(before, Copy(policy)).ShouldBeTrue();
    }

    [Fact]
    public void WithoutGroups_TheVersionStillRises()
    {
        using var policy = TinyPolicy.Create();
        using var learner = new PolicyLearner(policy, Settings);
        learner.Step([]).Version.ShouldBe(1);
    }

    [Fact]
    public void SeveralUpdates_MoveAwayFromTheRollouts()
    {
        using var policy = TinyPolicy.Create();
        using var learner = new PolicyLearner(policy, Settings with { UpdatesPerBatch = 4, LearningRate = new() { Peak = 0.02 } });
        var metrics = learner.Step([TinyPolicy.Images(policy, 0, [1, 0, 0, 0])]).Values;
        metrics["kl"].ShouldBeGreaterThan(1e-4);
        metrics["clip_frac"].ShouldBeGreaterThan(0);
    }

    [Fact]
    public void AnOlderGroupsOwnLogProbabilities_AreTheRatiosDenominator()
    {
        using var policy = TinyPolicy.Create();
        using var learner = new PolicyLearner(policy, Settings with { MicroBatchGroups = 8 });
        var fresh = TinyPolicy.Images(policy, 0, [1, 0, 0, 0]);
        var old = TinyPolicy.Images(policy, 1, [1, 0, 0, 0]);
        old = old with { PolicyVersion = -1, LogpOld = [.. old.Tokens.Select(t => t.Select(_ => -50f).ToArray())] };
        // every ratio of the old group is e^47: clipped where A > 0 (1 of its 4 samples), 1 of 8 samples in all
        learner.Step([fresh, old]).Values["clip_frac"].ShouldBe(0.125, 1e-12);
    }

    [Fact]
    public void TheKlTerm_PullsBackToTheStart()
    {
        using var policy = TinyPolicy.Create();
        var strong = Settings with { Loss = new() { KlCoef = 5 } };
        using var learner = new PolicyLearner(policy, strong);
        using (var pusher = new PolicyLearner(policy, Settings with { LearningRate = new() { Peak = 0.01 } }))
            for (var i = 0; i < 3; i++) pusher.Step([TinyPolicy.Images(policy, 0, [1, 0, 0, 0])]);
        var equal = TinyPolicy.Images(policy, 0, [1, 1, 1, 1]);
        var first = learner.Step([equal]).Values["kl"];
        double last = first;
        for (var i = 0; i < 10; i++) last = learner.Step([equal]).Values["kl"];
        first.ShouldBeGreaterThan(0.001);
        last.ShouldBeLessThan(first / 2);
    }

    [Fact]
    public void WarmUp_ReachesTheOptimiser()
    {
        using var policy = TinyPolicy.Create();
        using var learner = new PolicyLearner(policy, Settings with { LearningRate = new() { Peak = 1e-3, WarmupSteps = 2 } });
        var rates = Enumerable.Range(0, 3).Select(_ => learner.Step([TinyPolicy.Images(policy, 0)]).Values["optim/lr"]);
        rates.ShouldBe([5e-4, 1e-3, 1e-3], 1e-12);
    }

    [Fact]
    public void TheSameSteps_GiveTheSameBits()
    {
        SameBits(Run(), Run()).ShouldBeTrue();

        static Dictionary<string, float[]> Run()
        {
            using var policy = TinyPolicy.Create();
            using var learner = new PolicyLearner(policy, Settings);
            for (var i = 0; i < 3; i++) learner.Step([TinyPolicy.Images(policy, i), TinyPolicy.Answers(policy, i)]);
            return Copy(policy);
        }
    }

    [Fact]
    public void NoStep_LeavesATensorBehind()
    {
        using var policy = TinyPolicy.Create();
        using var learner = new PolicyLearner(policy, Settings with { Loss = new() { KlCoef = 0.1 }, UpdatesPerBatch = 2, MicroBatchGroups = 1 });
        TrainGroup[] groups = [TinyPolicy.Images(policy, 0), TinyPolicy.Images(policy, 1), TinyPolicy.Answers(policy, 0), TinyPolicy.Answers(policy, 1)];
        learner.Step(groups);
        var live = Live();
        for (var i = 0; i < 3; i++)
        {
            learner.Step(groups);
            Live().ShouldBe(live);
        }
    }

    [Fact]
    public void AnUnknownFrozenModule_NamesTheNearestOne()
    {
        using var policy = TinyPolicy.Create();
        Should.Throw<UserErrorException>(() => new PolicyLearner(policy, Settings with { Freeze = ["vison_model"] })).Message
            .ShouldBe("learner.freeze names 'vison_model', but the model has no such module; did you mean 'vision_model'?");
    }

    [Fact]
    public void FreezingEverything_IsRefused()
    {
        using var policy = TinyPolicy.Create();
        string[] all = ["vision_model", "aligner", "gen_vision_model", "gen_aligner", "gen_head", "gen_embed", "language_model"];
        Should.Throw<UserErrorException>(() => new PolicyLearner(policy, Settings with { Freeze = all })).Message.ShouldContain("every parameter");
    }

    internal static Dictionary<string, float[]> Copy(JanusPolicy policy) =>
        policy.Model.named_parameters().ToDictionary(p => p.Item1, p => p.Item2.detach().data<float>().ToArray());

    internal static bool SameBits(Dictionary<string, float[]> a, Dictionary<string, float[]> b) =>
        a.Count == b.Count && a.All(p => p.Value.AsSpan().SequenceEqual(b[p.Key]));

    private static long Live()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return Tensor.TotalCount;
    }

    private static float[] GradientOf(JanusPolicy policy, params TrainGroup[] groups) =>
        [.. Gradients(policy, Settings, groups).OrderBy(g => g.Key, StringComparer.Ordinal).SelectMany(g => g.Value)];

    private static Dictionary<string, float[]> Gradients(LearnerSettings settings)
    {
        using var policy = TinyPolicy.Create();
        return Gradients(policy, settings, [.. Enumerable.Range(0, 3).SelectMany(i => new[] { TinyPolicy.Images(policy, i), TinyPolicy.Answers(policy, i) })]);
    }

    private static Dictionary<string, float[]> Gradients(JanusPolicy policy, LearnerSettings settings, TrainGroup[] groups)
    {
        using var learner = new PolicyLearner(policy, settings);
        return learner.GradientsOf(groups).ToDictionary(g => g.Key, g => g.Value);
    }
}
