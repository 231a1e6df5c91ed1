using PairUni.Modeling.Sampling;

namespace PairUni.Modeling.Tests.Sampling;

public class SampleSeedTests
{
    [Fact]
    public void ASeed_DependsOnEveryPartOfTheSamplesIdentity()
    {
        ulong seed = SampleSeed.Derive(1, 2, 3, 0, 5);
        SampleSeed.Derive(1, 2, 3, 0, 5).ShouldBe(seed);
        ulong[] others = [SampleSeed.Derive(2, 2, 3, 0, 5), SampleSeed.Derive(1, 3, 3, 0, 5), SampleSeed.Derive(1, 2, 4, 0, 5),
            SampleSeed.Derive(1, 2, 3, 1, 5), SampleSeed.Derive(1, 2, 3, 0, 6), SampleSeed.Derive(1, 3, 2, 0, 5)];
        others.Append(seed).Distinct().Count().ShouldBe(7);
    }

    [Fact]
    public void Uniforms_AreSplitMix64InTheUnitInterval()
    {
        // First outputs of SplitMix64 from state 1234567, as its authors list them.
        SampleSeed.Uniform(1234567, 0).ShouldBe((6457827717110365317UL >> 11) * Math.Pow(2, -53));
        SampleSeed.Uniform(1234567, 1).ShouldBe((3203168211198807973UL >> 11) * Math.Pow(2, -53));
        SampleSeed.Uniforms(1234567, 3)[2].ShouldBe((9817491932198370423UL >> 11) * Math.Pow(2, -53));
    }

    [Fact]
    public void ManyUniforms_AreEvenlySpread()
    {
        double[] uniforms = SampleSeed.Uniforms(7, 20_000);
        uniforms.Average().ShouldBe(0.5, 0.01);
        uniforms.Min().ShouldBeGreaterThanOrEqualTo(0);
        uniforms.Max().ShouldBeLessThan(1);
        Enumerable.Range(0, 10).ShouldAllBe(bin => Math.Abs(uniforms.Count(u => (int)(u * 10) == bin) - 2000) < 200);
    }
}
