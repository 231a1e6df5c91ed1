using FsCheck;
using FsCheck.Fluent;
using PairUni.Cli.Chaos;
using PairUni.Contracts;

namespace PairUni.Cli.Tests.Chaos;

/// <summary>Schedules of any seed, length and fleet against what is promised of them.</summary>
public sealed class FaultScheduleTests
{
    private static readonly FaultBounds Bounds = new();
    private static readonly TimeSpan Sample = TimeSpan.FromMilliseconds(50);

    private static readonly FleetPlan[] Fleets =
    [
        FleetPlan.Parse("learner+reward,learner+reward,rollout+reward,rollout,rollout"),
        FleetPlan.Parse("learner+reward+rollout,learner+reward+rollout,learner+reward+rollout"),
        FleetPlan.Parse("learner,learner,reward,reward,rollout,rollout,rollout"),
    ];

    [Fact]
    public void ASeed_GivesOneSchedule_AndAnotherSeedAnother()
    {
        Make(7).Faults.ShouldBe(Make(7).Faults);
        Make(8).Faults.ShouldNotBe(Make(7).Faults);
    }

    [Fact]
    public void TwoMinutes_HaveAtLeastTwentyFaults_OfEveryKind() => ForAll((schedule, _, length) =>
    {
        schedule.Faults.Count.ShouldBeGreaterThanOrEqualTo((int)(20 * length.TotalMinutes / 2));
        schedule.Faults.Select(f => f.Kind).Distinct().ShouldBe(Enum.GetValues<FaultKind>(), ignoreOrder: true);
    });

    [Fact]
    public void Faults_AreInOrder_WithinTheirTime_AndNeverTwoOfASiloAtOnce() => ForAll((schedule, fleet, length) =>
    {
        schedule.Faults.Select(f => f.At).ShouldBeInOrder();
        schedule.Faults.ShouldAllBe(f => f.At >= TimeSpan.Zero && f.For > TimeSpan.Zero && f.End <= length - Bounds.QuietEnd);
        for (var slot = 0; slot < fleet.Slots.Count; slot++)
        {
            var ofSlot = schedule.Faults.Where(f => f.Slot == slot).ToArray();
            ofSlot.Zip(ofSlot.Skip(1)).ShouldAllBe(p => p.First.End <= p.Second.At);
        }
    });

    // Looks at single moments and knows nothing of intervals.
    [Fact]
    public void ProgressIsNeverImpossible_ForLongerThanTheBound_AndComesBackForAWhile() => ForAll((schedule, fleet, length) =>
    {
        var (blocked, free, outages) = (0, int.MaxValue / 2, 0);
        for (var now = TimeSpan.Zero; now < length; now += Sample)
        {
            if (IsBlocked(schedule, fleet, now))
            {
                if (blocked == 0 && outages++ > 0) (free * Sample).ShouldBeGreaterThanOrEqualTo(Bounds.MinRespite - 2 * Sample);
                (++blocked * Sample).ShouldBeLessThanOrEqualTo(Bounds.MaxOutage + 2 * Sample);
                free = 0;
            }
            else
            {
                blocked = 0;
                free++;
            }
        }

        outages.ShouldBeGreaterThan(0, "a schedule without any outage proves little");
    });

    [Fact]
    public void AShortSchedule_HasFewFaults_AndOnlyTheKindsThatItMay()
    {
        var bounds = Bounds with
        {
            QuietEnd = TimeSpan.FromSeconds(2),
            Kinds = new Dictionary<FaultKind, (double, double)> { [FaultKind.Kill] = (0.2, 1), [FaultKind.RestartRedis] = (0.2, 1) },
        };
        var schedule = FaultSchedule.Of(3, TimeSpan.FromSeconds(20), Fleets[0], bounds);
        schedule.Faults.Count.ShouldBe(4);
        schedule.Faults.ShouldAllBe(f => f.Kind == FaultKind.Kill || f.Kind == FaultKind.RestartRedis);
    }

    [Theory]
    [InlineData("learner,rollout", "--silos: no silo has the role reward")]
    [InlineData("learner+judge,rollout", "--silos: there is no role 'judge'")]
    public void AFleetThatCannotRun_IsOneSentence(string text, string sentence) =>
        Should.Throw<UserErrorException>(() => FleetPlan.Parse(text)).Message.ShouldStartWith(sentence);

    private static bool IsBlocked(FaultSchedule schedule, FleetPlan fleet, TimeSpan now)
    {
        if (schedule.Faults.Any(f => f.Kind is FaultKind.RestartRedis or FaultKind.PauseRedis && f.At <= now && now <= f.End + Bounds.RedisRecovery)) return true;
        return new[] { "learner", "reward", "rollout" }.Any(role => Enumerable.Range(0, fleet.Slots.Count)
            .Where(slot => fleet.Slots[slot].Contains(role))
            .All(slot => schedule.Faults.Any(f => (f.Slot == slot || f.Kind == FaultKind.KillLearner && fleet.Slots[slot].Contains("learner")) && f.At <= now && now <= f.End + Bounds.SiloRecovery)));
    }

    private static FaultSchedule Make(int seed) => FaultSchedule.Of(seed, TimeSpan.FromMinutes(2), Fleets[0], Bounds);

    private static void ForAll(Action<FaultSchedule, FleetPlan, TimeSpan> check) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var (fleet, length) = (Fleets[seed % Fleets.Length], TimeSpan.FromMinutes(2 + seed / 3 % 2));
            check(FaultSchedule.Of(seed, length, fleet, Bounds), fleet, length);
        }).Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(100).WithReplay(11, 1));
}
