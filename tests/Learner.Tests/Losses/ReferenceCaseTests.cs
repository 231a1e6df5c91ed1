using PairUni.Algorithms;
using PairUni.Learner.Losses;
using PairUni.Modeling.Files;
using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Learner.Tests.Losses;

/// <summary>Losses and gradients that PyTorch's autograd gives in double precision for four random batches.</summary>
public sealed class ReferenceCaseTests
{
    public static TheoryData<string, LossType, string> Cases()
    {
        var cases = new TheoryData<string, LossType, string>();
        foreach (var file in new[] { "symmetric", "asymmetric_clip", "pair_weighted", "pair_weighted_sqrt_no_kl" })
        {
            cases.Add(file, LossType.Grpo, "sequence_mean");
            cases.Add(file, LossType.Dapo, "token_mean");
            cases.Add(file, LossType.Bnpo, "token_mean");
            cases.Add(file, LossType.DrGrpo, "constant_length");
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void LossAndGradient_AreAutograds(string file, LossType type, string aggregation)
    {
        using var fixture = Open(file);
        var beta = Number(fixture, "beta");
        var (total, totalGradient) = Run(fixture, type, beta);
        var (policy, policyGradient) = Run(fixture, type, 0);
        total.ShouldBe(Number(fixture, $"{aggregation}/total/loss"), 1e-6);
        policy.ShouldBe(Number(fixture, $"{aggregation}/policy/loss"), 1e-6);
        (total - policy).ShouldBe(Number(fixture, $"{aggregation}/kl_times_beta/loss"), 1e-6);
        totalGradient.ShouldBe(Numbers(fixture, $"{aggregation}/total/grad_logp"), 1e-9);
        policyGradient.ShouldBe(Numbers(fixture, $"{aggregation}/policy/grad_logp"), 1e-9);
    }

    [Theory]
    [InlineData("symmetric")]
    [InlineData("asymmetric_clip")]
    [InlineData("pair_weighted")]
    [InlineData("pair_weighted_sqrt_no_kl")]
    public void Metrics_AreTheReferences(string file)
    {
        using var fixture = Open(file);
        var (_, metrics) = Compute(fixture, fixture.Read("logp"), LossType.Grpo, 0);
        (metrics.Clipped / metrics.Tokens).ShouldBe(Number(fixture, "clipped_fraction"), 1e-12);
        (metrics.KlReference!.Value / metrics.Tokens).ShouldBe(Number(fixture, "kl_token_mean"), 1e-9);
    }

    [Theory]
    [InlineData("symmetric", PairWeighting.None)]
    [InlineData("asymmetric_clip", PairWeighting.None)]
    [InlineData("pair_weighted", PairWeighting.Linear)]
    [InlineData("pair_weighted_sqrt_no_kl", PairWeighting.Sqrt)]
    public void AdvantagesAndPairWeights_AreTheReferences(string file, PairWeighting weighting)
    {
        using var fixture = Open(file);
        var shape = fixture["rewards"].Shape;
        var rewards = Numbers(fixture, "rewards").Select(r => (float)r).Chunk((int)shape[1]).ToArray();
        double[] weights = weighting == PairWeighting.None
            ? [.. rewards.Select(_ => 1.0)]
            : [.. Numbers(fixture, "pair_similarity").Chunk((int)shape[1]).Select(s => PairWeight.Of(weighting, s[0], aligned: false))];
        var advantages = Advantages.Compute([.. rewards], ScaleRewards.Group).SelectMany((g, i) => g.Select(a => a * weights[i]));
        advantages.ShouldBe(Numbers(fixture, "advantage_used"), 1e-5);
        Advantages.Compute([.. rewards], ScaleRewards.None).SelectMany(g => g).ShouldBe(Numbers(fixture, "adv_mean_only"), 1e-6);
    }

    private static (double Loss, double[] Gradient) Run(SafetensorsFile fixture, LossType type, double beta)
    {
        var logp_BT = fixture.Read("logp").requires_grad_();
        var (loss, _) = Compute(fixture, logp_BT, type, beta);
        loss.backward();
        return (loss.ToDouble(), logp_BT.grad!.data<double>().ToArray());
    }

    private static (Tensor Loss, PairGrpoMetrics Metrics) Compute(SafetensorsFile fixture, Tensor logp_BT, LossType type, double beta)
    {
        var mask_BT = fixture.Read("mask");
        return PairGrpoLoss.Compute(
            logp_BT,
            fixture.Read("logp_old"),
            fixture.Read("logp_ref"),
            fixture.Read("advantage_used"),
            mask_BT,
            new() { ClipLow = Number(fixture, "clip_low"), ClipHigh = Number(fixture, "clip_high"), KlCoef = beta },
            new(type, logp_BT.shape[0], mask_BT.sum().ToDouble(), (int)logp_BT.shape[1]));
    }

    private static SafetensorsFile Open(string name) =>
        SafetensorsFile.Open(Path.Combine(AppContext.BaseDirectory, "fixtures", "grpo", $"case9_{name}.safetensors"));

    private static double Number(SafetensorsFile file, string name) => file.Read(name).ToDouble();

    private static double[] Numbers(SafetensorsFile file, string name) => file.Read(name).data<double>().ToArray();
}
