namespace PairUni.Algorithms.Tests;

public class LeaseTableTests
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly LeaseTable<(int Step, int Pair)> _table = new(k => k.Step);

    private IReadOnlyList<Lease<(int Step, int Pair)>> Claim(string worker, int max, double minute = 0, int lastStep = 99) =>
        _table.Claim(worker, max, lastStep, Start + (minute * Minute), Minute);

    private void Plan(params (int, int)[] keys)
    {
        foreach (var key in keys) _table.Plan(key).ShouldBeTrue();
    }

    [Fact]
    public void Claim_TakesTheNearestStepFirst_ThenPlanningOrder()
    {
        Plan((2, 0), (1, 7), (1, 3), (2, 1));
        Claim("a", 3).Select(l => l.Key).ShouldBe([(1, 7), (1, 3), (2, 0)]);
        Claim("b", 3).Select(l => l.Key).ShouldBe([(2, 1)]);
        Claim("c", 3).ShouldBeEmpty();
    }

    [Fact]
    public void Claim_TakesTheLongestOfAStepFirst()
    {
        _table.Plan((1, 0), length: 2);
        _table.Plan((1, 1), length: 3);
        _table.Plan((0, 2), length: 1);
        _table.Plan((1, 3), length: 3);
        Claim("a", 4).Select(l => l.Key).ShouldBe([(0, 2), (1, 1), (1, 3), (1, 0)]);
    }

    [Fact]
    public void Claim_StopsAtTheLastOpenStep()
    {
        Plan((0, 0), (1, 0));
        Claim("a", 9, lastStep: 0).Select(l => l.Key).ShouldBe([(0, 0)]);
    }

    [Fact]
    public void PlanningTwice_ChangesNothing()
    {
        Plan((0, 0));
        _table.Plan((0, 0)).ShouldBeFalse();
        _table.OpenCount.ShouldBe(1);
    }

    [Fact]
    public void AnExpiredLease_MakesItsWorkClaimableAgain_AtItsOldPlace()
    {
        Plan((0, 0), (0, 1));
        var lost = Claim("a", 1).Single();
        _table.Expire(Start + (0.99 * Minute)).ShouldBeEmpty();
        _table.Expire(Start + Minute).ShouldBe([lost]);
        Claim("b", 1, 1).Single().Key.ShouldBe((0, 0));
    }

    [Fact]
    public void Renew_KeepsALease_UntilItRanOut()
    {
        Plan((0, 0));
        var id = Claim("a", 1).Single().Id;
        _table.Renew(id, Start + (0.9 * Minute), Minute).ShouldBeTrue();
        _table.Expire(Start + (1.5 * Minute)).ShouldBeEmpty();
        _table.Renew(id, Start + (1.9 * Minute), Minute).ShouldBeFalse();
        _table.Renew(77, Start, Minute).ShouldBeFalse();
    }

    [Fact]
    public void Settle_WorksOnce_WhoeverHoldsTheLease()
    {
        Plan((0, 0));
        var first = Claim("a", 1).Single();
        _table.Expire(Start + Minute);
        var second = Claim("b", 1, 1).Single();
        _table.Settle(first.Key).ShouldBe(SettleOutcome.Settled);
        _table.Settle(second.Key).ShouldBe(SettleOutcome.AlreadySettled);
        _table.Renew(second.Id, Start + Minute, Minute).ShouldBeFalse();
        _table.IsSettled((0, 0)).ShouldBeTrue();
        _table.Settle((5, 5)).ShouldBe(SettleOutcome.Unknown);
    }

    [Fact]
    public void Settle_TakesWorkWhoseLeaseRanOut()
    {
        Plan((0, 0));
        Claim("a", 1);
        _table.Expire(Start + Minute);
        _table.Settle((0, 0)).ShouldBe(SettleOutcome.Settled);
        Claim("b", 1, 1).ShouldBeEmpty();
    }

    [Fact]
    public void Release_OpensTheWork_Once()
    {
        Plan((0, 0));
        var id = Claim("a", 1).Single().Id;
        _table.Release(id).ShouldBeTrue();
        _table.Release(id).ShouldBeFalse();
        Claim("b", 1).Single().Key.ShouldBe((0, 0));
    }

    [Fact]
    public void ReleaseWorker_OpensAllThatWorkerHeld()
    {
        Plan((0, 0), (0, 1), (0, 2));
        Claim("a", 2);
        var kept = Claim("b", 1).Single();
        _table.ReleaseWorker("a").Select(l => l.Key).ShouldBe([(0, 0), (0, 1)]);
        _table.Leases.ShouldBe([kept]);
    }

    [Fact]
    public void ForgetThrough_RefusesUnsettledWork_AndThenKnowsNothingOfTheStep()
    {
        Plan((0, 0), (1, 0));
        Should.Throw<InvalidOperationException>(() => _table.ForgetThrough(0)).Message.ShouldContain("not settled");
        _table.Settle((0, 0));
        _table.ForgetThrough(0);
        _table.Settle((0, 0)).ShouldBe(SettleOutcome.Unknown);
        _table.Plan((0, 0)).ShouldBeFalse();
        _table.OpenCount.ShouldBe(1);
    }
}
