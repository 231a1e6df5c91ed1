using System.Text.RegularExpressions;
using System.Xml.Linq;
using PairUni.Cli.Report;
using PairUni.Cli.RunFiles;

namespace PairUni.Cli.Tests.Report;

public sealed partial class ReportPageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void AReport_HoldsEverySectionAndNeedsNothingElse()
    {
        // PAIRUNI_KEEP_REPORT=FOLDER leaves the run's folder there, to look at the page.
        var run = Environment.GetEnvironmentVariable("PAIRUNI_KEEP_REPORT") ?? Path.Combine(_folder.Path, "made-up");
        MadeUpRun.Write(run);
        var page = File.ReadAllText(ReportPage.Write(run));

        foreach (var heading in new[] { "Learning curves", "The same prompts and seeds, before and after", "Before and after, by tag", "Questions", "Training health", "Time", "Do it again" })
            page.ShouldContain($"<h2>{heading}</h2>");
        page.ShouldContain("learner:\n  pairs_per_step");
        page.ShouldContain("pairuni train configs/default.yaml --name made-up");
        Outside().IsMatch(page.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal)).ShouldBeFalse();
        Regex.Count(page, "class=\"shot").ShouldBe(48);
        page.Length.ShouldBeLessThan(2_000_000);
    }

    [Fact]
    public void EverySvg_IsWellFormedAndHoldsNoNaN()
    {
        MadeUpRun.Write(Path.Combine(_folder.Path, "r"), steps: 3);
        ShouldHoldNumbersOnly(File.ReadAllText(ReportPage.Write(Path.Combine(_folder.Path, "r"))));
    }

    [Fact]
    public void ARunInWhichNothingMoved_HasBarsInPlace()
    {
        var run = Path.Combine(_folder.Path, "same");
        MadeUpRun.Write(run, steps: 3, evals: [3]);
        EvalFolder.Write(EvalFolder.PathOf(run, 0), MadeUpRun.Report(0, 1, 8, 2, 100));
        ShouldHoldNumbersOnly(File.ReadAllText(ReportPage.Write(run)));
    }

    [Theory]
    [InlineData(0, new int[0])]
    [InlineData(1, new[] { 0 })]
    [InlineData(2, new[] { 0, 2 })]
    public void ARunThatEndedEarly_StillHasAReport(int steps, int[] evals)
    {
        var run = Path.Combine(_folder.Path, "short");
        MadeUpRun.Write(run, steps, evals: evals);
        File.ReadAllText(ReportPage.Write(run)).ShouldContain("<h2>Do it again</h2>");
    }

    [Fact]
    public void ModelOutput_IsEscaped()
    {
        var run = Path.Combine(_folder.Path, "r");
        MadeUpRun.Write(run);
        var eval = Path.Combine(run, "eval/step-000060/report.json");
        File.WriteAllText(eval, File.ReadAllText(eval).Replace("\"completion\": \"A\"", "\"completion\": \"<script>alert(1)</script>\"", StringComparison.Ordinal));
        var page = File.ReadAllText(ReportPage.Write(run));
        page.ShouldNotContain("<script>alert");
        page.ShouldContain("&lt;script&gt;alert(1)");
    }

    public void Dispose() => _folder.Dispose();

    private static void ShouldHoldNumbersOnly(string page)
    {
        var svgs = Svg().Matches(page);
        svgs.Count.ShouldBeGreaterThan(10);
        foreach (Match svg in svgs)
            XElement.Parse(svg.Value).ToString().ShouldNotContain("NaN", Case.Sensitive);
    }

    [GeneratedRegex("(src|href|url)\\s*[=(]\\s*[\"']?(https?:|//)|https?://|@import|<link")]
    private static partial Regex Outside();

    [GeneratedRegex("<svg.*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Svg();
}
