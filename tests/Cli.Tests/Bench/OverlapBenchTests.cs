using System.Text.Json;

namespace PairUni.Cli.Tests.Bench;

public sealed class OverlapBenchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Overlap_RunsInStepAndAhead_AndTellsTheIdeal()
    {
        var json = Path.Combine(_folder.Path, "overlap.json");
        var (code, output, error) = await CliTest.Run("bench", "overlap", "--steps", "3", "--group-milliseconds", "5", "--json", json);
        (code, error).ShouldBe((0, ""));
        output.ShouldContain("lengths      max_lag");
        var rows = JsonDocument.Parse(File.ReadAllText(json)).RootElement.EnumerateArray().ToArray();
        rows.Select(r => (r.GetProperty("lengths").GetString(), r.GetProperty("max_lag").GetInt32(), r.GetProperty("largest_lag").GetInt32()))
            .ShouldBe([("Equal", 0, 0), ("Equal", 1, 1), ("ByTask", 0, 0), ("ByTask", 1, 1), ("Unforeseen", 0, 0), ("Unforeseen", 1, 1)]);
        // Four phases of 20 ms: the first generation and three steps of training.
        rows.ShouldAllBe(r => r.GetProperty("ideal_seconds").GetDouble() == 0.08 && r.GetProperty("seconds").GetDouble() > 0.08);
    }

    public void Dispose() => _folder.Dispose();
}
