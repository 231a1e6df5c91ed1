using System.Numerics;
using PairUni.Modeling.Host;

namespace PairUni.Modeling.Tests.Host;

public class HostMathTests
{
    [Fact]
    public void Exp_IsRightToTwoUnitsInTheLastPlace()
    {
        for (double x = -87; x < 88; x += 0.0137)
        {
            float input = (float)x;
            double expected = Math.Exp(input);
            double found = HostMath.Exp(new Vector<float>(input))[0];
            Math.Abs(found - expected).ShouldBeLessThan(2.4e-7 * expected, $"exp({input})");
        }
    }

    [Theory]
    [InlineData(float.NegativeInfinity, 0f)]
    [InlineData(-200f, 0f)]
    [InlineData(0f, 1f)]
    public void Exp_AtTheEdges_IsExact(float x, float expected) => HostMath.Exp(new Vector<float>(x))[0].ShouldBe(expected);

    [Fact]
    public void Exp_OfHugeNumbers_StaysFinite() => float.IsFinite(HostMath.Exp(new Vector<float>(1e30f))[0]).ShouldBeTrue();

    [Fact]
    public void Silu_IsXTimesItsSigmoid()
    {
        foreach (float x in new[] { -90f, -20f, -1.5f, 0f, 0.25f, 3f, 100f })
            ((double)HostMath.Silu(new Vector<float>(x))[0]).ShouldBe(x / (1 + Math.Exp(-(double)x)), 1e-6);
    }
}
