namespace PairUni.Cli.Output;

/// <summary>A line now and then that says how far work with many items is.</summary>
internal static class Counting
{
    /// <summary>Tells each time another <paramref name="step"/> items are done.</summary>
    public static Action<int> Every(CliContext context, int step, string items)
    {
        var told = 0;
        return done =>
        {
            if (done / step <= told)
                return;
            told = done / step;
            context.Error.WriteLine($"{done} {items}");
        };
    }
}
