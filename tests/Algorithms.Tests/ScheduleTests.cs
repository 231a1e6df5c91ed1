namespace PairUni.Algorithms.Tests;

public class ScheduleTests
{
    private static double[] Rates(LearningRateSchedule schedule, params int[] steps) => [.. steps.Select(schedule.At)];

    [Fact]
    public void WarmUp_RisesToThePeakInEqualSteps() =>
        Rates(new() { Peak = 1e-4, WarmupSteps = 4, TotalSteps = 100 }, 0, 1, 2, 3, 4, 99).ShouldBe([2.5e-5, 5e-5, 7.5e-5, 1e-4, 1e-4, 1e-4], 1e-12);

    [Fact]
    public void Linear_ReachesZeroAfterTheLastStep() =>
        Rates(new() { Peak = 1, WarmupSteps = 2, TotalSteps = 12, Decay = LearningRateDecay.Linear }, 1, 2, 7, 11, 12, 50)
            .ShouldBe([1, 1, 0.5, 0.1, 0, 0], 1e-12);

    [Fact]
    public void Cosine_IsHalfwayInTheMiddle_AndStopsAtTheFloor() =>
        Rates(new() { Peak = 2, TotalSteps = 10, Decay = LearningRateDecay.Cosine, FloorFraction = 0.1 }, 0, 5, 10).ShouldBe([2, 1.1, 0.2], 1e-12);
}

public class StalenessRuleTests
{
    [Theory]
    [InlineData(0, 24, 0, 0, 0, 24)]
    [InlineData(0, 24, 0, 20, 4, 0)]
    [InlineData(0, 24, 3, 72, 10, 14)]
    [InlineData(2, 24, 3, 72, 10, 62)]
    [InlineData(0, 24, 0, 30, 4, 0)]
    public void Admits_UpToLagPlusVersionPlusOneSteps(int lag, int perStep, int version, long accepted, long running, long admitted) =>
        new StalenessRule(lag, perStep).Admits(version, accepted, running).ShouldBe(admitted);

    [Fact]
    public void AGroup_IsStaleOnlyBeyondTheLag()
    {
        var rule = new StalenessRule(2, 8);
        rule.IsStale(5, 7).ShouldBeFalse();
        rule.IsStale(4, 7).ShouldBeTrue();
        rule.LastOpenStep(7).ShouldBe(9);
        rule.AcceptedAfterRecovery(7).ShouldBe(56);
    }
}
