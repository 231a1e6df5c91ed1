using PairUni.Cli.RunFiles;
using PairUni.Learner.Eval;

namespace PairUni.Cli.Tests.Report;

public sealed class ChangeTests
{
    [Fact]
    public void Overall_IsTheMeanOverTags_AndItsIntervalIsOfPairedDifferences()
    {
        // Tag a: both prompts go from 0 to 1; tag b: both stay. Every resample of prompts within a tag gives the same means.
        var before = Report([("a", 0, false), ("a", 1, false), ("b", 2, true), ("b", 3, false)]);
        var after = Report([("a", 0, true), ("a", 1, true), ("b", 2, true), ("b", 3, false)]);

        var change = Change.GenerateOverall(before, after);

        (change.Before.Mean, change.After.Mean, change.Difference, change.Low, change.High).ShouldBe((0.25, 0.75, 0.5, 0.5, 0.5));
        change.IsClear.ShouldBeTrue();
        Change.Generate(before, after).Select(c => (c.Tag, c.Difference, c.IsClear)).ShouldBe([("a", 1.0, true), ("b", 0.0, false)]);
    }

    private static EvalReport Report((string Tag, int Prompt, bool Passes)[] images)
    {
        EvalScore Score(string tag, bool[] passes) => new(tag, passes.Average(p => p ? 1.0 : 0), 0, 1, passes.Length);
        var tags = images.GroupBy(i => i.Tag).Select(g => Score(g.Key, [.. g.Select(i => i.Passes)])).ToArray();
        return new EvalReport
        {
            Suite = "shapes",
            Model = "m",
            Seed = 1,
            Generate = tags,
            GenerateOverall = new("overall", tags.Average(t => t.Mean), 0, 1, images.Length),
            Understand = [],
            UnderstandOverall = new("overall", 0, 0, 0, 0),
            Answers = [],
            Images = [.. images.Select(i => new EvalImage { Tag = i.Tag, Prompt = "p", PromptIndex = i.Prompt, Sample = 0, Permissive = i.Passes, Strict = i.Passes, Dense = 0 })],
        };
    }
}
