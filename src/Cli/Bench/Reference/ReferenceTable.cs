using System.Globalization;

namespace PairUni.Cli.Bench.Reference;

/// <summary>The rows as lines of text under their headings, and how many passed.</summary>
internal static class ReferenceTable
{
    public static IEnumerable<string> Lines(IReadOnlyList<ReferenceRow> rows)
    {
        var (cases, tensors) = (Width(rows, r => r.Case, "case"), Width(rows, r => r.Tensor, "tensor"));
        string Line(string name, string tensor, string tolerance, string difference, string verdict) =>
            $"{name.PadRight(cases)}  {tensor.PadRight(tensors)}  {tolerance,9}  {difference,18}  {verdict}";
        yield return Line("case", "tensor", "tolerance", "largest difference", "result");
        foreach (var row in rows)
        {
            var verdict = row.Passed ? "pass" : row.Fault is null ? "FAIL" : $"FAIL: {row.Fault}";
            yield return Line(row.Case, row.Tensor, Number(row.Tolerance), row.Fault is null ? Number(row.Difference) : "", verdict);
        }

        var failed = rows.Count(row => !row.Passed);
        yield return $"{rows.Count} comparisons, {(failed == 0 ? "all passed" : $"{failed} failed")}";
    }

    private static int Width(IEnumerable<ReferenceRow> rows, Func<ReferenceRow, string> column, string heading) =>
        rows.Select(row => column(row).Length).Append(heading.Length).Max();

    private static string Number(double x) => x == 0 ? "0" : double.IsInfinity(x) ? "differs" : x.ToString("0.0e+00", CultureInfo.InvariantCulture);
}
