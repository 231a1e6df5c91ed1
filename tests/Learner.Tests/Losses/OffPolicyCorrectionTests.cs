using PairUni.Algorithms;
using PairUni.Learner.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Learner.Tests.Losses;

/// <summary>Two sequences of 3 and 2 tokens with weights 2, 1/2, 8 and 1, 4; double precision.</summary>
public sealed class OffPolicyCorrectionTests
{
    private static readonly double Ln2 = Math.Log(2);
    private readonly Tensor _behaviour_BT = tensor(new[] { -2.0, -1.0, -4.0, -1.5, -3.0, 0 }, 2, 3);
    private readonly Tensor _prox_BT = tensor(new[] { -2 + Ln2, -1 - Ln2, -4 + (3 * Ln2), -1.5, -3 + (2 * Ln2), 7 }, 2, 3);
    private readonly Tensor _mask_BT = tensor(new[] { 1.0, 1, 1, 1, 1, 0 }, 2, 3);

    [Theory]
    [InlineData(OffPolicy.Tis, RatioLevel.Token, new[] { 2, 0.5, 5, 1, 4 })]
    [InlineData(OffPolicy.Mis, RatioLevel.Token, new[] { 2, 0, 0, 1, 4.0 })]
    [InlineData(OffPolicy.Decoupled, RatioLevel.Token, new[] { 2, 0.5, 0, 1, 4 })]
    [InlineData(OffPolicy.Tis, RatioLevel.Sequence, new[] { 5, 5, 5, 4, 4.0 })]
    [InlineData(OffPolicy.Mis, RatioLevel.Sequence, new[] { 0, 0, 0, 4, 4.0 })]
    [InlineData(OffPolicy.Decoupled, RatioLevel.Geometric, new[] { 2, 2, 2, 2, 2.0 })]
    public void EachKind_BoundsTheWeightsInItsWay(OffPolicy kind, RatioLevel level, double[] expected) =>
        Weigh(new() { Kind = kind, Level = level, Cap = 5, Floor = 0.6 }).Weights.ShouldBe(expected, 1e-12);

    [Fact]
    public void Metrics_DescribeTheWeightsBeforeTheBounds()
    {
        var metrics = Weigh(new() { Kind = OffPolicy.Mis, Cap = 5, Floor = 0.6 }).Metrics;
        metrics.Ratio.ShouldBe(15.5, 1e-12);
        metrics.RatioMax.ShouldBe(8, 1e-12);
        metrics.Filtered.ShouldBe(2);
        // k3: r - 1 - ln r
        metrics.Kl.ShouldBe((1 - Ln2) + (-0.5 + Ln2) + (7 - (3 * Ln2)) + (3 - (2 * Ln2)), 1e-12);
    }

    [Fact]
    public void Weights_MultiplyThePolicyLoss_ButNotTheKlTerm_NorTheDenominator()
    {
        var advantage_B = tensor(new[] { 1.5, -0.5 });
        using var weight_BT = tensor(new[] { 2.0, 0, 1, 3, 1, 0 }, 2, 3);
        var loss = PairGrpoLoss.Compute(
            _prox_BT, _prox_BT, _behaviour_BT, advantage_B, _mask_BT, new() { KlCoef = 0.1 }, new(LossType.Dapo, 2, 5, 4), weight_BT).Loss.ToDouble();

        // at ratio 1 the policy's part is -w A; the KL term is k3 of ln(behaviour / prox)
        double[] policy = [-3, 0, -1.5, 1.5, 0.5];
        double[] kl = [K3(-Ln2), K3(Ln2), K3(-3 * Ln2), 0, K3(-2 * Ln2)];
        loss.ShouldBe((policy.Sum() + (0.1 * kl.Sum())) / 5, 1e-12);
    }

    private static double K3(double d) => Math.Exp(d) - d - 1;

    private (double[] Weights, OffPolicyMetrics Metrics) Weigh(OffPolicyCorrection correction)
    {
        var (weight_BT, metrics) = correction.Weigh(_prox_BT, _behaviour_BT, _mask_BT);
        return ([.. weight_BT.contiguous().data<double>().ToArray().Take(5)], metrics);
    }
}
