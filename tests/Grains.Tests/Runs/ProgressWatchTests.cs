namespace PairUni.Grains.Tests;

public class ProgressWatchTests
{
    private readonly ManualTime _time = new();
    private readonly ProgressWatch _watch;

    public ProgressWatchTests() => _watch = new(TimeSpan.FromMinutes(10), _time);

    [Fact]
    public void ARunThatDeliversNothing_IsGivenUpAfterTheLimit_AndNotBefore()
    {
        _time.Advance(TimeSpan.FromMinutes(9.99));
        _watch.Verdict(2).ShouldBeNull();
        _time.Advance(TimeSpan.FromMinutes(0.01));
        _watch.Verdict(2).ShouldBe("Nothing was delivered for 10 minutes; no fault was reported.");
        _watch.Verdict(0).ShouldBe("Nothing was delivered for 10 minutes; no worker asks for work.");
        _watch.Faulted("out of memory");
        _watch.Verdict(2).ShouldBe("Nothing was delivered for 10 minutes; the last fault: out of memory.");
    }

    [Fact]
    public void Progress_StartsTheTimeAnew()
    {
        _time.Advance(TimeSpan.FromMinutes(9));
        _watch.Progressed();
        _time.Advance(TimeSpan.FromMinutes(9));
        _watch.Verdict(1).ShouldBeNull();
    }

    [Fact]
    public void EightFaultsForEachWorker_WithoutProgress_AreEnough()
    {
        for (var i = 0; i < 15; i++) _watch.Faulted("x");
        _watch.Verdict(2).ShouldBeNull();
        _watch.Faulted("y");
        _watch.Verdict(2).ShouldBe("No group could be made: 16 attempts failed one after another, the last because: y");
        _watch.Progressed();
        _watch.Verdict(2).ShouldBeNull();
    }
}
