using PairUni.Grains.Tests;

namespace PairUni.Silo.Tests;

public sealed class SiloHealthTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task AnObjection_MakesTheSiloUnready_InItsOwnWords()
    {
        var check = new Check { Why = "Redis at localhost:6379 does not answer" };
        var health = new SiloHealth(() => [new Check(), check], _time);
        health.Started();
        (await health.ReadyObstacle(default)).ShouldBe("Redis at localhost:6379 does not answer");
        check.Why = null;
        (await health.ReadyObstacle(default)).ShouldBeNull();
    }

    [Fact]
    public async Task ACheckThatThrows_IsAnObstacle()
    {
        var health = new SiloHealth(() => [new Check { Fault = new IOException("broken pipe") }], _time);
        health.Started();
        (await health.ReadyObstacle(default)).ShouldBe("Check failed: broken pipe");
    }

    [Fact]
    public async Task ACheckThatHangs_IsAnObstacleAfterTwoSeconds()
    {
        var health = new SiloHealth(() => [new Check { Hangs = true }], _time);
        health.Started();
        var answer = health.ReadyObstacle(default).AsTask();
        answer.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(2));
        (await answer).ShouldBe("Check gave no answer within 2 s");
    }

    [Fact]
    public void ALoopThatStopsBeating_MakesTheProcessNotLive_UntilItBeatsOrEnds()
    {
        var health = new SiloHealth(() => [], _time);
        var loop = health.Loop("the register's follower", TimeSpan.FromSeconds(30));
        _time.Advance(TimeSpan.FromSeconds(30));
        health.LiveObstacle().ShouldBeNull();
        _time.Advance(TimeSpan.FromSeconds(1));
        health.LiveObstacle().ShouldBe("the register's follower made no progress for 31 s (limit 30 s)");
        loop.Beat();
        health.LiveObstacle().ShouldBeNull();
        _time.Advance(TimeSpan.FromSeconds(31));
        loop.Dispose();
        health.LiveObstacle().ShouldBeNull();
    }

    private sealed class Check : IReadinessCheck
    {
        public string? Why { get; set; }

        public Exception? Fault { get; init; }

        public bool Hangs { get; init; }

        public async ValueTask<string?> Obstacle(CancellationToken cancellationToken)
        {
            if (Fault is not null) throw Fault;
            if (Hangs) await new TaskCompletionSource().Task;
            return Why;
        }
    }
}
