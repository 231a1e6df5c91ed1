using System.Globalization;
using PairUni.Cli.Chaos;
using PairUni.Contracts;
using PairUni.Silo;

namespace PairUni.Cli.Tests.Chaos;

public sealed class RunComparisonTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void TheSameGroupsAndMetrics_AreEqual_WhateverTheRunsAreCalled_AndWhateverTheMachineDid()
    {
        var comparison = RunComparison.Of(Run("a", [1, 2], time: 5), Run("b", [1, 2, 3], time: 9));
        (comparison.Lost.Count, comparison.Extra.Count, comparison.OtherMetrics.Count, comparison.Steps).ShouldBe((0, 0, 0, 2));
    }

    [Fact]
    public void AGroupThatIsMissing_AndOneThatIsTooMany_AreNamed()
    {
        var whole = Run("b", [1, 2]);
        var broken = Run("a", [1, 2]);
        var trained = broken.Journal.Trained.Where(k => k is not { Step: 2, Task: TaskKind.Understand }).Append(new("a", 2, 7, TaskKind.Generate)).ToHashSet();
        var comparison = RunComparison.Of((broken.Journal with { Trained = trained }, broken.Metrics), whole);
        comparison.Lost.ShouldBe(["2/0/understand"]);
        comparison.Extra.ShouldBe(["2/7/generate"]);
    }

    [Fact]
    public void OtherMetrics_AndMissingOnes_AreFound_AndTheLastLineOfAStepCounts()
    {
        var whole = Run("b", [1, 2, 3]);
        var run = Run("a", [1, 2, 3]);
        File.WriteAllLines(run.Metrics, ["{\"step\":1,\"kl\":0.1}", "{\"step\":2,\"kl\":9}", "{\"step\":2,\"kl\":0.2}"]);
        RunComparison.Of(run, whole).OtherMetrics.ShouldBe([3]);
        File.WriteAllLines(run.Metrics, ["{\"step\":1,\"kl\":0.11}", "{\"step\":2,\"kl\":0.2}", "{\"step\":3,\"kl\":0.3}"]);
        RunComparison.Of(run, whole).OtherMetrics.ShouldBe([1]);
    }

    [Fact]
    public void AJournalThatStillGrows_IsReadAsFarAsItIsWhole()
    {
        var path = _folder.File("journal.jsonl", """
            {"t":"2030-01-01T12:00:00.000000Z","kind":"published","run":"r","version":0}
            {"t":"2030-01-01T12:00:04.500000Z","kind":"published","run":"r","version":1}
            {"t":"2030-01-01T12:00:05.
            """);
        var journal = JournalTimeline.Read(path);
        (journal.Lines.Count, journal.Version).ShouldBe((2, 1));
        journal.NextVersion(new(2030, 1, 1, 12, 0, 1, TimeSpan.Zero)).ShouldBe(new DateTimeOffset(2030, 1, 1, 12, 0, 4, 500, TimeSpan.Zero));
        journal.NextVersion(new(2030, 1, 1, 12, 0, 5, TimeSpan.Zero)).ShouldBeNull();
        JournalTimeline.Read(path + ".none").Lines.ShouldBeEmpty();
    }

    public void Dispose() => _folder.Dispose();

    private (JournalReport Journal, string Metrics) Run(string name, int[] steps, double time = 1)
    {
        var keys = steps.SelectMany(s => new GroupKey[] { new(name, s, 0, TaskKind.Generate), new(name, s, 0, TaskKind.Understand) }).ToHashSet();
        var metrics = _folder.File($"{name}.jsonl", string.Concat(steps.Select(s => string.Create(CultureInfo.InvariantCulture, $"{{\"step\":{s},\"kl\":{s / 10.0},\"time/step\":{time * s}}}\n"))));
        return (new()
        {
            Findings = [],
            Lines = 0,
            Planned = keys.Count,
            Trained = keys,
            Dropped = 0,
            Open = 0,
            Version = steps[^1],
            MaxLag = 0,
            Verified = 0,
            Restores = 1,
            Fenced = 0,
            Workers = 1,
            Departures = 0,
        }, metrics);
    }
}
