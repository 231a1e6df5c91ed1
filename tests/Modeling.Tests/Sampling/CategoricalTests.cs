using PairUni.Modeling.Sampling;

namespace PairUni.Modeling.Tests.Sampling;

public class CategoricalTests
{
    private static readonly float[] Logits = [MathF.Log(1), MathF.Log(2), MathF.Log(5)];

    [Theory]
    [InlineData(0.0, 0)]
    [InlineData(0.1249, 0)]
    [InlineData(0.1251, 1)]
    [InlineData(0.3749, 1)]
    [InlineData(0.3751, 2)]
    [InlineData(0.9999999999999999, 2)]
    public void ADraw_InvertsTheCumulativeLaw(double uniform, int expected)
    {
        (int token, double logp) = new Categorical(3).Draw(Logits, 1, uniform);
        token.ShouldBe(expected);
        logp.ShouldBe(Math.Log(new[] { 1, 2, 5 }[expected] / 8.0), 1e-7);
    }

    [Fact]
    public void TheTemperature_DividesTheLogits()
    {
        var categorical = new Categorical(3);
        categorical.Logp(Logits, 0.5, 1).ShouldBe(Math.Log(4 / 30.0), 1e-6);
        categorical.Draw(Logits, 0.5, 0.2).ShouldBe((2, categorical.Logp(Logits, 0.5, 2)));
    }

    [Fact]
    public void AtTemperatureZero_TheFirstOfTheLikeliestIsTaken() =>
        new Categorical(4).Draw([1, 3, 3, 2], 0, 0.99).ShouldBe((1, 0.0));

    [Fact]
    public void HugeLogits_DoNotOverflow()
    {
        var categorical = new Categorical(3);
        categorical.Draw([3000, 0, -3000], 1, 0.999999).ShouldBe((0, 0.0));
        categorical.Logp([3000, 0, -3000], 1, 1).ShouldBe(-3000, 1e-9);
    }
}
