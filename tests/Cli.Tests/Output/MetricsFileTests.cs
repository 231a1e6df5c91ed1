using System.Text;
using PairUni.Cli.Output;

namespace PairUni.Cli.Tests.Output;

public sealed class MetricsFileTests
{
    [Fact]
    public void ALine_HasAStableOrderAndInvariantNumbers()
    {
        var metrics = new Dictionary<string, double>
        {
            ["time/step"] = 1.5,
            ["zeta"] = 1,
            ["kl"] = 1e-7,
            ["alpha"] = double.NaN,
            ["reward/mean"] = 0.1,
            ["perf/extra"] = 2,
        };
        Encoding.UTF8.GetString(MetricsFile.Line(3, metrics))
            .ShouldBe("{\"step\":3,\"reward/mean\":0.1,\"kl\":1E-07,\"alpha\":null,\"zeta\":1,\"perf/extra\":2,\"time/step\":1.5}\n");
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "{\"step\":1}\n")]
    [InlineData(2, "{\"step\":1}\n{\"step\":2}\n")]
    [InlineData(9, "{\"step\":1}\n{\"step\":2}\n{\"step\":3}\n")]
    public void Open_DropsLinesBeyondTheResumedStepAndTornOnes(int done, string kept)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("metrics.jsonl", "{\"step\":1}\n{\"step\":2}\n{\"step\":3}\n{\"step\":4");
        using (MetricsFile.Open(path, done))
        {
        }

        File.ReadAllText(path).ShouldBe(kept);
    }

    [Fact]
    public void Append_GoesOnWhereTheFileEnds()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("metrics.jsonl", "{\"step\":1}\n{\"step\":2}\n");
        using (var file = MetricsFile.Open(path, 1))
            file.Append(2, new Dictionary<string, double> { ["kl"] = 2 });
        File.ReadAllText(path).ShouldBe("{\"step\":1}\n{\"step\":2,\"kl\":2}\n");
    }
}
