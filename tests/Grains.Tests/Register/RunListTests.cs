using PairUni.Contracts;
using PairUni.Contracts.Options;

namespace PairUni.Grains.Tests;

public sealed class RunListTests
{
    private static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void ARunThatGoesOn_IsNotSubmittedAgain_WhateverTheMode()
    {
        var runs = RunList.With([], Submission("r"), Noon);
        foreach (var mode in Enum.GetValues<SubmitMode>())
            RunList.Refusal(runs, Submission("r", mode)).ShouldBe("The run 'r' was submitted already and goes on; watch it, or stop it first, or choose another --name.");
        RunList.Refusal(runs, Submission("s")).ShouldBeEmpty();
    }

    [Fact]
    public void ARunThatIsOver_IsSubmittedAgain_OnlyToGoOnOrToBeginAgain()
    {
        var runs = End(RunList.With([], Submission("r"), Noon), "r", RunPhase.Failed);
        RunList.Refusal(runs, Submission("r")).ShouldBe("The run 'r' was submitted already (failed); choose another --name, or give --resume to go on or --overwrite to begin again.");
        RunList.Refusal(runs, Submission("r", SubmitMode.Resume)).ShouldBeEmpty();
        RunList.With(runs, Submission("r", SubmitMode.Resume), Noon).Single().Attempt.ShouldBe(2);
    }

    [Fact]
    public void AnotherProtocol_IsRefusedWithBothVersions() =>
        RunList.Refusal([], Submission("r") with { Protocol = Protocol.Version + 1 }).ShouldContain($"version {Protocol.Version} of the protocol, this pairuni version {Protocol.Version + 1}");

    [Fact]
    public void OnlyTheLastHundredRunsThatAreOver_AreRemembered_AndAllThatGoOn()
    {
        RunEntry[] runs = RunList.With([], Submission("on"), Noon);
        for (var i = 0; i <= RunList.Remembered; i++) runs = End(RunList.With(runs, Submission($"r{i}"), Noon), $"r{i}", RunPhase.Finished);
        runs = RunList.With(runs, Submission("last"), Noon);
        runs.Length.ShouldBe(RunList.Remembered + 2);
        runs.ShouldContain(r => r.Name == "on");
        runs.ShouldNotContain(r => r.Name == "r0");
    }

    [Fact]
    public void TheEndOfAnEarlierAttempt_ChangesNothing()
    {
        var first = RunList.With([], Submission("r"), Noon);
        var second = RunList.With(End(first, "r", RunPhase.Stopped), Submission("r", SubmitMode.Resume), Noon);
        RunList.Ended(second, first[0] with { Phase = RunPhase.Failed }).ShouldBe(second);
    }

    [Fact]
    public void AWish_IsForARunThatGoesOn()
    {
        var runs = RunList.With([], Submission("r"), Noon);
        RunList.Wish(runs, "r", RunWish.Pause).Runs.Single().Wish.ShouldBe(RunWish.Pause);
        RunList.Wish(runs, "s", RunWish.Pause).Refusal.ShouldBe("There is no run 's' in this cluster; pairuni status lists them.");
        RunList.Wish(End(runs, "r", RunPhase.Finished), "r", RunWish.Stop).Refusal.ShouldBe("The run 'r' is over (finished); go on with it by: pairuni submit --name r --resume.");
    }

    [Fact]
    public void AChange_IsMade_OrRefusedWithTheKeyAndItsRange()
    {
        var runs = RunList.With([], Submission("r"), Noon);
        RunOptionsJson.Read(RunList.Change(runs, "r", new() { Lr = 0.5 }).Runs.Single().Options).Learner.Lr.ShouldBe(0.5);
        var (unchanged, refusal) = RunList.Change(runs, "r", new() { Lr = 2 });
        refusal.ShouldBe("learner.lr cannot be 2: it must be above 0 and at most 1.");
        unchanged.ShouldBe(runs);
    }

    private static SubmitRun Submission(string name, SubmitMode mode = SubmitMode.New) =>
        new() { Name = name, Options = RunOptionsJson.Write(new()), Mode = mode, Protocol = Protocol.Version };

    private static RunEntry[] End(RunEntry[] runs, string name, RunPhase phase) => RunList.Ended(runs, runs.Single(r => r.Name == name) with { Phase = phase });
}
