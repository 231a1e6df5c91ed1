using PairUni.Cli.RunFiles;

namespace PairUni.Cli.Report;

/// <summary>report.html: one file that needs nothing else, made from a run's folder alone.</summary>
internal static class ReportPage
{
    /// <summary>Writes report.html into the run's folder.</summary>
    /// <returns>Its path.</returns>
    public static string Write(string runFolder)
    {
        var path = Path.Combine(runFolder, "report.html");
        var temporary = path + ".tmp";
        File.WriteAllText(temporary, Of(RunRecord.Read(runFolder)));
        File.Move(temporary, path, overwrite: true);
        return path;
    }

    public static string Of(RunRecord run) => $"""
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark"><title>{Html.Text(run.Name)} - PairUni</title>
        <style>{Resource("report.css")}</style></head><body><main>
        {HeadSection.Of(run)}
        {CurvesSection.Of(run)}
        {ImageGrid.Of(run)}
        {ScoreTables.Of(run)}
        {AnswerList.Of(run)}
        {DiagnosticsSection.Of(run)}
        {TimeSection.Of(run)}
        {SetupSection.Of(run)}
        </main><script>{Resource("report.js")}</script></body></html>

        """;

    private static string Resource(string name)
    {
        using var stream = typeof(ReportPage).Assembly.GetManifestResourceStream("PairUni.Cli.Report." + name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
