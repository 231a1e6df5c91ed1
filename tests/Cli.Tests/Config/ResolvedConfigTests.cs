using PairUni.Cli.Config;
using PairUni.Contracts.Options;

namespace PairUni.Cli.Tests.Config;

public sealed class ResolvedConfigTests
{
    [Fact]
    public void WhatIsWritten_ReadsBackTheSame()
    {
        var odd = new RunOptions
        {
            Run = new() { Name = "x", Seed = long.MaxValue, Out = "with space: and #\"quote\"" },
            Model = new() { Path = "null" },
            Data = new() { Path = "1e5", HeldOut = "yes" },
            Learner = new() { Lr = 1.0 / 3, Eps = 1e-300, Delta = 1.25, Freeze = ["a b", "on", "[x]"] },
            Reward = new() { Generate = [new() { Name = "shapes", Weight = -0.1, Mode = "strict" }, new() { Name = "shapes" }] },
        };
        using var folder = new TemporaryFolder();
        var text = ResolvedConfig.Write(odd);
        ResolvedConfig.Write(ConfigLoader.Load(folder.File("c.yaml", text), [], [])).ShouldBe(text);
        text.ShouldContain("  out: \"with space: and #\\u0022quote\\u0022\"\n");
        text.ShouldContain("  eps: 1e-300\n");
    }

    [Theory]
    [InlineData(5e-5, "5e-5")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(1e20, "1e20")]
    [InlineData(2, "2")]
    public void Numbers_AreShort(double x, string text) => ConfigText.Of(x).ShouldBe(text);
}
