using PairUni.Contracts;
using static PairUni.Grains.Tests.Specs;

namespace PairUni.Grains.Tests;

public class WorkBoardTests
{
    private static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly MemoryJournal _journal = new();

    [Fact]
    public void Claim_BeforeTheLearnersFirstWord_GivesNothing()
    {
        var board = Board();
        Claim(board, "a/0").ShouldBeEmpty();
        board.Answer([], ended: false).PolicyVersion.ShouldBe(-1);
    }

    [Fact]
    public void Claim_HandsOutTheGroupsOfTheOpenStep_InTheOrderOfTheirKeys()
    {
        var board = Board(max: 8);
        board.Advance(At(0, loaded: true));
        Claim(board, "a/0", 8).Select(l => l.Key.ToString()).ShouldBe(["r/1/0/generate", "r/1/0/understand", "r/1/1/generate", "r/1/1/understand"]);
        Claim(board, "b/0").ShouldBeEmpty();
    }

    [Fact]
    public void Claim_HandsOutTheTaskFirst_ThatTookLonger()
    {
        var board = Board(max: 1);
        board.Advance(At(0, loaded: true));
        var now = Noon;
        for (var i = 0; i < 4; i++)
        {
            var lease = board.Claim(new() { Worker = "a/0", MaxGroups = 1, HeldVersion = -1, Fingerprint = "" }, now).Single();
            now += TimeSpan.FromSeconds(lease.Key.Task == TaskKind.Understand ? 5 : 1);
            board.Settle(lease.Key, now).ShouldBeTrue();
        }

        board.Advance(At(1));
        Claim(board, "a/0", 1).Concat(Claim(board, "b/0", 1)).Concat(Claim(board, "c/0", 1)).Select(l => l.Key.ToString())
            .ShouldBe(["r/2/0/understand", "r/2/1/understand", "r/2/0/generate"]);
    }

    [Fact]
    public void Claim_WithLag2_ReachesThreeSteps_AndNoFurther()
    {
        var board = Board(lag: 2, steps: 9, max: 99);
        board.Advance(At(0, loaded: true));
        Claim(board, "a/0", 99).Select(l => l.Key.Step).Distinct().ShouldBe([1, 2, 3]);
        board.Advance(At(1));
        Claim(board, "a/0", 99).Select(l => l.Key.Step).Distinct().ShouldBe([4]);
    }

    [Fact]
    public void Claim_NeverReachesBeyondTheLastStep()
    {
        var board = Board(lag: 5, steps: 2, max: 99);
        board.Advance(At(0, loaded: true));
        Claim(board, "a/0", 99).Max(l => l.Key.Step).ShouldBe(2);
    }

    [Fact]
    public void Claim_CarriesTheSpecAndTheVersion()
    {
        var board = Board();
        board.Advance(At(0, loaded: true));
        board.Advance(At(1));
        var lease = Claim(board, "a/0")[0];
        lease.PolicyVersion.ShouldBe(1);
        lease.Spec.Prompt.ShouldBe("prompt 2/0");
        lease.Duration.ShouldBe(TimeSpan.FromSeconds(60));
        board.Answer([lease], false).PolicyDigest.ShouldBe("d1");
    }

    [Fact]
    public void ALeaseThatRanOut_IsGivenToTheNextWorker_AndItsOwnerCountsAsGone()
    {
        var board = Board();
        board.Advance(At(0, loaded: true));
        var lost = Claim(board, "a/0")[0];
        board.Expire(Noon.AddSeconds(59));
        board.Leased.ShouldBe(1);
        board.Expire(Noon.AddSeconds(60));
        board.Leased.ShouldBe(0);
        Claim(board, "b/0")[0].Key.ShouldBe(lost.Key);
        _journal.Of(JournalKind.Left).Single().Worker.ShouldBe("a/0");
    }

    [Fact]
    public void Renew_OfAnotherWorkersLease_IsRefused()
    {
        var board = Board();
        board.Advance(At(0, loaded: true));
        var lease = Claim(board, "a/0")[0];
        board.Renew(new() { Key = lease.Key, LeaseId = lease.LeaseId, Worker = "b/0", PolicyVersion = 0 }, Noon).ShouldBeFalse();
        board.Renew(new() { Key = lease.Key, LeaseId = lease.LeaseId, Worker = "a/0", PolicyVersion = 0 }, Noon.AddSeconds(30)).ShouldBeTrue();
        board.Expire(Noon.AddSeconds(89));
        board.Leased.ShouldBe(1);
    }

    [Fact]
    public void AGroupThatFailsThreeTimes_IsDropped_WithTheLastReason()
    {
        var board = Board();
        board.Advance(At(0, loaded: true));
        Fail(board, "first").ShouldBeNull();
        Fail(board, "second").ShouldBeNull();
        var drop = Fail(board, "third").ShouldNotBeNull();
        drop.Key.ShouldBe(Key(1, 0, TaskKind.Generate));
        drop.Reason.ShouldBe("failed 3 times, last: third");
        Claim(board, "a/0")[0].Key.ShouldBe(Key(1, 0, TaskKind.Understand));
    }

    [Fact]
    public void AGroupThatFailedAtAWorker_GoesToAnotherFirst_AndBackOnlyIfThatOneFailsToo()
    {
        var board = Board();
        board.Advance(At(0, loaded: true));
        var other = Claim(board, "b/0").Single();
        other.Key.ShouldBe(Key(1, 0, TaskKind.Generate));
        Fail(board, "broken device").ShouldBeNull();
        Claim(board, "a/0").Single().Key.ShouldBe(Key(1, 1, TaskKind.Generate));
        board.Settle(other.Key, Noon).ShouldBeTrue();
        var second = Claim(board, "b/0").Single();
        second.Key.ShouldBe(Key(1, 0, TaskKind.Understand));
        Release(board, second, "b/0", "poison").ShouldBeNull();
        var third = Claim(board, "b/0").Single();
        third.Key.ShouldBe(Key(1, 0, TaskKind.Understand));
        Release(board, third, "b/0", "poison").ShouldNotBeNull().Reason.ShouldBe("failed 3 times, last: poison");
    }

    [Fact]
    public void AWorkerAtWhichGroupsFailInARowWhileAnotherDelivers_IsSetAside_AndTriesAgainLater()
    {
        var board = Board(lag: 3, steps: 9);
        board.Advance(At(0, loaded: true));
        for (var i = 0; i < 3; i++)
        {
            var mine = Claim(board, "a/0").Single();
            var good = Claim(board, "b/0").Single();
            Release(board, mine, "a/0", "broken device").ShouldBeNull();
            board.Settle(good.Key, Noon);
        }

        Claim(board, "a/0").ShouldBeEmpty();
        board.WorkerEntries.Single(w => w.Worker == "a/0").SetAside
            .ShouldBe("3 groups in a row failed here while others were made, the last because: broken device");
        _journal.Of(JournalKind.SetAside).Single().Worker.ShouldBe("a/0");
        board.Claim(new() { Worker = "a/0", MaxGroups = 1, HeldVersion = 0, Fingerprint = "" }, Noon.AddSeconds(180)).Count.ShouldBe(1);
        board.WorkerEntries.Single(w => w.Worker == "a/0").SetAside.ShouldBe("");
    }

    [Fact]
    public void AWorkerWhoseGroupsFailWhileNobodyDelivers_IsNotSetAside()
    {
        var board = Board();
        board.Advance(At(0, loaded: true));
        for (var i = 0; i < 5; i++) Fail(board, "no weights", failed: false).ShouldBeNull();
        board.WorkerEntries.Single().SetAside.ShouldBe("");
    }

    [Fact]
    public void AFastWorker_GetsItsShareOfWhatIsOpen_AtOnce()
    {
        var board = Board(lag: 4, steps: 9, max: 8);
        board.Advance(At(0, loaded: true));
        foreach (var (worker, seconds) in new[] { ("fast/0", 1), ("slow/0", 3) })
        {
            var lease = Claim(board, worker).Single();
            board.Settle(lease.Key, Noon.AddSeconds(seconds)).ShouldBeTrue();
        }

        board.WorkerEntries.Select(w => w.GroupsPerMinute).ShouldBe([60, 20]);
        Claim(board, "slow/0", 8).Count.ShouldBe(4);
        Claim(board, "fast/0", 8).Count.ShouldBe(8);
    }

    [Fact]
    public void ALeaseOfTheBoardBefore_IsTakenOver_WhileItsGroupIsOpen()
    {
        var board = Board(first: 1000);
        board.Advance(At(0, loaded: true));
        RenewLease Renewal(GroupKey key, long id, int version) => new() { Key = key, LeaseId = id, Worker = "a/0", PolicyVersion = version };
        board.Renew(Renewal(Key(1, 0, TaskKind.Generate), 7, 0), Noon).ShouldBeTrue();
        board.Renew(Renewal(Key(1, 0, TaskKind.Generate), 7, 0), Noon).ShouldBeTrue();
        board.Renew(Renewal(Key(1, 0, TaskKind.Generate), 8, 0), Noon).ShouldBeFalse();
        board.Renew(Renewal(Key(1, 0, TaskKind.Understand), 9, 1), Noon).ShouldBeFalse();
        board.Renew(Renewal(Key(1, 0, TaskKind.Understand), 2000, 0), Noon).ShouldBeFalse();
        Claim(board, "b/0").Single().LeaseId.ShouldBe(1000);
        board.Leased.ShouldBe(2);
    }

    [Fact]
    public void AGroupThatIsHandedBackWithoutATry_IsNeverDropped()
    {
        var board = Board();
        board.Advance(At(0, loaded: true));
        for (var i = 0; i < 20; i++) Fail(board, "no weights", failed: false).ShouldBeNull();
        Claim(board, "a/0")[0].Key.ShouldBe(Key(1, 0, TaskKind.Generate));
    }

    [Fact]
    public void Leave_OpensAllThatTheWorkerHeld()
    {
        var board = Board(max: 3);
        board.Advance(At(0, loaded: true));
        Claim(board, "a/0", 3).Count.ShouldBe(3);
        board.Leave(new() { Worker = "a/0", Reason = "drained" });
        (board.Open, board.Leased).ShouldBe((4, 0));
        board.Workers.ShouldBeEmpty();
    }

    [Fact]
    public void Advance_OfALearnerThatCameUpEarlier_PlansThoseStepsAgain_WithoutWhatItHolds()
    {
        var board = Board(max: 99, steps: 9);
        board.Advance(At(0, loaded: true));
        board.Advance(At(1));
        board.Advance(At(2));
        board.Advance(At(1, loaded: true, held: [Key(2, 0, TaskKind.Generate)]));
        board.Version.ShouldBe(1);
        Claim(board, "a/0", 99).Select(l => l.Key.ToString()).ShouldBe(["r/2/0/understand", "r/2/1/generate", "r/2/1/understand"]);
    }

    [Fact]
    public void AnOldLease_OfBeforeTheLearnerCameUp_OfAStepThatIsNotOpenAnyMore_IsNotTakenOver()
    {
        var board = Board(max: 99, steps: 9);
        board.Advance(At(0, loaded: true));
        board.Advance(At(1));
        var old = Claim(board, "a/0")[0];
        board.Advance(At(0, loaded: true));
        var fresh = Claim(board, "b/0")[0];
        fresh.LeaseId.ShouldBeGreaterThan(old.LeaseId);
        board.Renew(new() { Key = old.Key, LeaseId = old.LeaseId, Worker = "a/0", PolicyVersion = 0 }, Noon).ShouldBeFalse();
        board.Release(new() { Key = old.Key, LeaseId = old.LeaseId, Worker = "a/0", Reason = "", Failed = true }, Noon).ShouldBeNull();
        board.Leased.ShouldBe(1);
    }

    [Fact]
    public void Advance_AfterALostMessage_ClosesTheStepsInBetween()
    {
        var board = Board(max: 99, steps: 9);
        board.Advance(At(0, loaded: true));
        Claim(board, "a/0", 99).Count.ShouldBe(4);
        board.Advance(At(3));
        (board.Open, board.Leased, board.Settled).ShouldBe((4, 0, 0));
        Claim(board, "a/0", 99).ShouldAllBe(l => l.Key.Step == 4);
    }

    [Fact]
    public void EveryPlannedGroup_IsJournalledOnce()
    {
        var board = Board(lag: 1, steps: 3);
        board.Advance(At(0, loaded: true));
        board.Advance(At(1));
        board.Advance(At(2));
        _journal.Of(JournalKind.Planned).Select(e => e.Key).Distinct().Count().ShouldBe(12);
        _journal.Of(JournalKind.Planned).Count().ShouldBe(12);
    }

    private WorkBoard Board(int steps = 3, int lag = 0, int max = 1, long first = 1) =>
        new(Run(maxSteps: steps, maxLag: lag, groupsPerClaim: max), new FakePairs(), _journal, first);

    private static IReadOnlyList<GroupLease> Claim(WorkBoard board, string worker, int max = 1) =>
        board.Claim(new() { Worker = worker, MaxGroups = max, HeldVersion = -1, Fingerprint = "" }, Noon);

    private static GroupSettled? Release(WorkBoard board, GroupLease lease, string worker, string reason) =>
        board.Release(new() { Key = lease.Key, LeaseId = lease.LeaseId, Worker = worker, Reason = reason, Failed = true }, Noon);

    private static GroupSettled? Fail(WorkBoard board, string reason, bool failed = true)
    {
        var lease = Claim(board, "a/0")[0];
        return board.Release(new() { Key = lease.Key, LeaseId = lease.LeaseId, Worker = "a/0", Reason = reason, Failed = failed }, Noon);
    }
}
