using PairUni.Algorithms;
using PairUni.Learner.Eval;

namespace PairUni.Cli.RunFiles;

/// <summary>How a score moved between two evaluations of the same prompts or questions, with a 95 % interval of the paired difference.</summary>
/// <param name="Tag">What was compared.</param>
/// <param name="Before">Score before, 0..1, with its interval.</param>
/// <param name="After">Score after.</param>
/// <param name="Difference">After minus before.</param>
/// <param name="Low">Lower end of the difference's interval.</param>
/// <param name="High">Upper end.</param>
internal sealed record Change(string Tag, EvalScore Before, EvalScore After, double Difference, double Low, double High)
{
    private const ulong Seed = 1;

    /// <summary>The interval lies on one side of zero.</summary>
    public bool IsClear => Low > 0 || High < 0;

    /// <summary>Images, a tag a row. A prompt is the unit that is drawn: its samples are averaged first.</summary>
    public static IReadOnlyList<Change> Generate(EvalReport before, EvalReport after) =>
        [.. after.Generate.Select(a => Of(before.Generate.FirstOrDefault(b => b.Tag == a.Tag), a, PromptDifferences(before, after, a.Tag, Passes)))];

    /// <summary>Mean over the tags, each tag's prompts drawn within the tag.</summary>
    public static Change GenerateOverall(EvalReport before, EvalReport after) =>
        Of(before.GenerateOverall, after.GenerateOverall, Bootstrap.MeanOfMeans(Strata(before, after, Passes), Seed));

    /// <summary>The same, counting only images that show nothing else.</summary>
    public static Change GenerateStrictOverall(EvalReport before, EvalReport after) =>
        Of(before.GenerateStrictOverall, after.GenerateStrictOverall with { Tag = "overall, strict" }, Bootstrap.MeanOfMeans(Strata(before, after, i => i.Strict), Seed));

    /// <summary>Answers, a tag a row.</summary>
    public static IReadOnlyList<Change> Understand(EvalReport before, EvalReport after) =>
        [.. after.Understand.Select(a => Of(before.Understand.FirstOrDefault(b => b.Tag == a.Tag), a, AnswerDifferences(before, after, a.Tag)))];

    /// <summary>All answers together.</summary>
    public static Change UnderstandOverall(EvalReport before, EvalReport after) =>
        Of(before.UnderstandOverall, after.UnderstandOverall, AnswerDifferences(before, after, null));

    private static Change Of(EvalScore? before, EvalScore after, IReadOnlyList<double> differences) =>
        Of(before, after, Bootstrap.Mean(differences, Seed));

    private static Change Of(EvalScore? before, EvalScore after, ConfidenceInterval interval) =>
        before is null
            ? new Change(after.Tag, after with { Mean = double.NaN, Low = double.NaN, High = double.NaN }, after, double.NaN, double.NaN, double.NaN)
            : new Change(after.Tag, before, after, after.Mean - before.Mean, interval.Low, interval.High);

    private static bool Passes(EvalImage image) => image.Permissive;

    private static IReadOnlyList<IReadOnlyList<double>> Strata(EvalReport before, EvalReport after, Func<EvalImage, bool> passes) =>
        [.. after.Generate.Select(g => PromptDifferences(before, after, g.Tag, passes))];

    private static double[] PromptDifferences(EvalReport before, EvalReport after, string tag, Func<EvalImage, bool> passes)
    {
        var (first, second) = (PromptMeans(before, tag, passes), PromptMeans(after, tag, passes));
        return [.. second.Where(p => first.ContainsKey(p.Key)).OrderBy(p => p.Key).Select(p => p.Value - first[p.Key])];
    }

    private static Dictionary<int, double> PromptMeans(EvalReport report, string tag, Func<EvalImage, bool> passes) => report.Images
        .Where(i => i.Tag == tag)
        .GroupBy(i => i.PromptIndex)
        .ToDictionary(g => g.Key, g => g.Average(i => passes(i) ? 1.0 : 0));

    private static double[] AnswerDifferences(EvalReport before, EvalReport after, string? tag)
    {
        var first = before.Answers.ToDictionary(a => a.QuestionIndex, a => a.Correct);
        return [.. after.Answers.Where(a => (tag is null || a.Tag == tag) && first.ContainsKey(a.QuestionIndex))
            .Select(a => (a.Correct ? 1.0 : 0) - (first[a.QuestionIndex] ? 1.0 : 0))];
    }
}
