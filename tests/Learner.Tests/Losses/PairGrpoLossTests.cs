using PairUni.Algorithms;
using PairUni.Learner.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Learner.Tests.Losses;

/// <summary>Two sequences of 3 and 2 tokens worked by hand; double precision.</summary>
public sealed class PairGrpoLossTests
{
    private readonly Tensor _logp_BT = tensor(new[] { -0.8, -0.6, -1.5, -1.1, -1.0, 0 }, 2, 3);
    private readonly Tensor _logpOld_BT = tensor(new[] { -1.0, -0.5, -2.0, -0.7, -1.2, 0 }, 2, 3);
    private readonly Tensor _logpRef_BT = tensor(new[] { -0.9, -0.5, -1.8, -0.8, -1.1, 0 }, 2, 3);
    private readonly Tensor _mask_BT = tensor(new[] { 1.0, 1, 1, 1, 1, 0 }, 2, 3);
    private readonly Tensor _advantage_B = tensor(new[] { 1.5, -0.5 });

    private double Loss(LossType type, PairGrpoOptions? options = null) => Compute(type, options).Loss.ToDouble();

    private (Tensor Loss, PairGrpoMetrics Metrics) Compute(LossType type, PairGrpoOptions? options = null) => PairGrpoLoss.Compute(
        _logp_BT, _logpOld_BT, _logpRef_BT, _advantage_B, _mask_BT, options ?? new(), new(type, Sequences: 2, Tokens: 5, MaxLength: 4));

    [Theory]
    [InlineData(LossType.Grpo, -0.573534)]
    [InlineData(LossType.Dapo, -0.789311)]
    [InlineData(LossType.Bnpo, -0.789311)]
    [InlineData(LossType.DrGrpo, -0.493319)]
    public void EveryLossType_GivesTheWorkedNumber(LossType type, double expected) => Loss(type).ShouldBe(expected, 1e-6);

    [Fact]
    public void KlPenalty_AddsTheK3Estimate() => Loss(LossType.Grpo, new() { KlCoef = 0.1 }).ShouldBe(-0.571319, 1e-6);

    [Fact]
    public void AHigherUpperClip_LetsMoreThrough() => Loss(LossType.Grpo, new() { ClipHigh = 0.28 }).ShouldBe(-0.598885, 1e-6);

    [Fact]
    public void Delta_CapsTheUnclippedRatio() => Loss(LossType.Grpo, new() { Delta = 1.21 }).ShouldBe(-0.574959, 1e-6);

    [Fact]
    public void PerTokenLosses_AreTheWorkedOnes()
    {
        double[] expected = [-1.8, -1.357256, -1.8, 0.4, 0.610701];
        for (var t = 0; t < 5; t++)
        {
            using var only_BT = zeros(2, 3, dtype: float64);
            only_BT[t / 3, t % 3] = tensor(1.0);
            PairGrpoLoss.Compute(_logp_BT, _logpOld_BT, null, _advantage_B, only_BT, new(), new(LossType.Dapo, 2, 1, 4))
                .Loss.ToDouble().ShouldBe(expected[t], 1e-6);
        }
    }

    [Fact]
    public void Metrics_CountClippedTokens_AndEstimateKl()
    {
        // clipped: ratios 1.2214 and 1.6487 with A > 0, 0.6703 with A < 0
        var metrics = Compute(LossType.Grpo).Metrics;
        metrics.Tokens.ShouldBe(5);
        metrics.Clipped.ShouldBe(3);
        metrics.KlOld.ShouldBe(K3(-0.2) + K3(0.1) + K3(-0.5) + K3(0.4) + K3(-0.2), 1e-12);
        metrics.KlReference!.Value.ShouldBe(K3(-0.1) + K3(0.1) + K3(-0.3) + K3(0.3) + K3(-0.1), 1e-12);
    }

    [Fact]
    public void AtRatioOne_TheGradientIsTheAdvantageOverTheDenominator()
    {
        using var logp_BT = _logp_BT.clone().requires_grad_();
        PairGrpoLoss.Compute(logp_BT, _logp_BT, null, _advantage_B, _mask_BT, new(), new(LossType.Grpo, 2, 5, 4)).Loss.backward();
        logp_BT.grad!.data<double>().ToArray().ShouldBe([-0.25, -0.25, -0.25, 0.125, 0.125, 0], 1e-12);
    }

    [Fact]
    public void AKlTermWithoutReference_IsRefused() => Should.Throw<ArgumentException>(() => PairGrpoLoss.Compute(
        _logp_BT, _logpOld_BT, null, _advantage_B, _mask_BT, new() { KlCoef = 0.1 }, new(LossType.Grpo, 2, 5, 4)));

    [Theory]
    [InlineData(LossType.Grpo)]
    [InlineData(LossType.Dapo)]
    [InlineData(LossType.DrGrpo)]
    public void MicroBatches_AddUpToTheBigBatch(LossType type)
    {
        var options = new PairGrpoOptions { KlCoef = 0.1 };
        var denominator = new LossDenominator(type, 2, 5, 4);
        var big_BT = Gradient(_logp_BT, x => PairGrpoLoss.Compute(x, _logpOld_BT, _logpRef_BT, _advantage_B, _mask_BT, options, denominator).Loss);
        var small_BT = Gradient(_logp_BT, x => Part(x, 0) + Part(x, 1));
        small_BT.data<double>().ToArray().ShouldBe(big_BT.data<double>().ToArray(), 1e-12);

        Tensor Part(Tensor x, int row) => PairGrpoLoss.Compute(
            Row(x, row), Row(_logpOld_BT, row), Row(_logpRef_BT, row), _advantage_B.narrow(0, row, 1), Row(_mask_BT, row), options, denominator).Loss;
    }

    private static Tensor Row(Tensor x_BT, int row) => x_BT.narrow(0, row, 1);

    private static Tensor Gradient(Tensor at, Func<Tensor, Tensor> loss)
    {
        var leaf = at.clone().requires_grad_();
        loss(leaf).backward();
        return leaf.grad!;
    }

    private static double K3(double d) => Math.Exp(d) - d - 1;
}
