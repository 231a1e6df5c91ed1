using FsCheck;
using FsCheck.Fluent;

namespace PairUni.Silo.Tests;

/// <summary>Journals of made-up runs hold; whatever breaks one of them is found, under the name of the rule that it breaks.</summary>
public sealed class JournalCheckerProperties
{
    public static TheoryData<string> Mutations => [.. JournalMutations.All.Keys];

    [Fact]
    public void AJournalOfARun_HoldsEveryRule_WhateverDiedInIt() =>
        ForAllRuns(1000, 1, (run, _) =>
        {
            var report = JournalChecker.Check(run.Journal, run.Bounds);
            report.Findings.ShouldBeEmpty();
            (report.Version, report.Open).ShouldBe((run.Steps, 0));
            (report.Trained.Count + report.Dropped).ShouldBe(report.Planned);
        });

    [Theory]
    [MemberData(nameof(Mutations))]
    public void ABrokenJournal_IsFound_UnderTheNameOfTheRule(string mutation)
    {
        var (rule, apply) = JournalMutations.All[mutation];
        var broken = 0;
        ForAllRuns(400, 2, (run, seed) =>
        {
            if (apply(run, new(seed)) is not { } journal) return;
            broken++;
            JournalChecker.Check(journal, run.Bounds).Findings.Select(f => f.Rule).ShouldContain(rule, $"seed {seed}");
        });
        broken.ShouldBeGreaterThan(30, "too few journals could be broken that way to prove anything");
    }

    [Fact]
    public void EveryRule_IsBrokenBySomething() =>
        JournalMutations.All.Values.Select(m => m.Rule).Distinct().ShouldBe(Enum.GetValues<JournalRule>(), ignoreOrder: true);

    private static void ForAllRuns(int runs, ulong replay, Action<MadeUpRun, int> check) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => check(MadeUpRun.Of(seed), seed))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(runs).WithReplay(replay, 1));
}
