using System.Globalization;

namespace PairUni.Cli.Bench;

/// <summary>The rows of a parity run as text, and what follows from them.</summary>
internal static class ParityTable
{
    public static IEnumerable<string> Lines(IReadOnlyList<ParityRow> rows)
    {
        yield return $"{"type",-9}{"batch",6}  {"tokens under which law",-22}{"tokens",8}{"mean |diff|",13}{"max |diff|",12}{"decode",10}{"recompute",11}{"cost",7}";
        foreach (var row in rows)
        {
            yield return $"{row.Dtype,-9}{row.Batch,6}  {row.Law,-22}{row.Tokens,8}{Small(row.Mean),13}{Small(row.Max),12}"
                + $"{Seconds(row.DecodeSeconds),10}{Seconds(row.RecomputeSeconds),11}{Share(row),7}";
        }

        foreach (var type in rows.GroupBy(row => row.Dtype))
        {
            var worst = type.Max(row => row.Mean);
            yield return $"{type.Key}: mean |difference| at most {Small(worst)} nats, {(worst <= ParityBench.Target ? "within" : "ABOVE")} "
                + $"{ParityBench.Target.ToString(CultureInfo.InvariantCulture)}";
        }

        yield return "training does not rely on it: the learner takes logp_old from its own teacher-forced pass, at the cost listed";
    }

    private static string Small(double x) => x == 0 ? "0" : x.ToString("0.0e+00", CultureInfo.InvariantCulture);

    private static string Seconds(double x) => x.ToString("0.00", CultureInfo.InvariantCulture) + " s";

    private static string Share(ParityRow row) => (row.RecomputeSeconds / row.DecodeSeconds).ToString("0%", CultureInfo.InvariantCulture).Replace(" ", "", StringComparison.Ordinal);
}
