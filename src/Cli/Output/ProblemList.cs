namespace PairUni.Cli.Output;

/// <summary>What is wrong with data, one sentence a line, the first few in full.</summary>
internal static class ProblemList
{
    private const int Shown = 20;

    public static void Tell(CliContext context, IReadOnlyList<string> problems)
    {
        foreach (var problem in problems.Take(Shown))
            context.Error.WriteLine($"pairuni: {problem}");
        if (problems.Count > Shown)
            context.Error.WriteLine($"pairuni: and {problems.Count - Shown} more");
    }
}
