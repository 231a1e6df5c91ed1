using PairUni.Cli.Bench.Augment;

namespace PairUni.Cli.Tests.Augment;

public sealed class IdealScheduleTests
{
    // Two places: sample 0 takes 2 s, waits 3 s, takes 1 s (ends at 6); sample 1 takes 4 s; sample 2 begins at 2 s and ends at 3 s.
    [Fact]
    public void RequestsOfASample_FollowEachOther_AndPlacesAreTakenWhenTheyAreFree()
    {
        IdealSchedule.Length([[S(2, 3), S(1)], [S(4)], [S(1)]], 2).ShouldBe(TimeSpan.FromSeconds(6));
        IdealSchedule.Length([[S(2, 3), S(1)], [S(4)], [S(1)]], 1).ShouldBe(TimeSpan.FromSeconds(8));
        IdealSchedule.Length([], 3).ShouldBe(TimeSpan.Zero);
    }

    private static (TimeSpan, TimeSpan) S(double takes, double wait = 0) => (TimeSpan.FromSeconds(takes), TimeSpan.FromSeconds(wait));
}
