using PairUni.Cli.Bench.Actors;

namespace PairUni.Cli.Tests.Bench;

public sealed class ActorsBenchTests
{
    [Fact]
    public void TheTable_ComparesWithTheSlowerFigureOfOrleans()
    {
        var result = new ActorsBenchResult
        {
            MedianMicroseconds = 82,
            CallsPerSecond = 86_500,
            Callers = 64,
            DeadSeconds = 6.5,
            TunedDeadSeconds = 3,
            Command = "pairuni bench actors",
        };
        result.Lines().Skip(3).ShouldBe(
        [
            "call between silos, p50        82.0 us           31 to 41 us    2.00",
            "calls, 64 callers             86,500/s  173,000 to 245,000/s    2.00",
            "kill to dead, default            6.5 s            12 to 13 s    0.50",
            "kill to dead, 1 s probes         3.0 s                   3 s    1.00",
            "pairuni bench actors",
        ]);
    }
}
