namespace PairUni.EndToEnd.Tests;

public sealed class BenchBroadcastTests
{
    [Fact]
    public async Task AModel_GetsToOtherProcesses_AndLeavesTheLearnerAboutOnce()
    {
        var output = await PairUniProcess.Run(0, "bench", "broadcast", "--size", "0.02", "--receivers", "3", "--rounds", "1", "--no-training");
        output.ShouldContain("to 3 processes");
        output.ShouldMatch(@"bytes     1\.[0-2]\d models left the learner .*, [12]\.\d\d went from receiver to receiver");
        output.ShouldContain("ratio     ");
    }
}
