using System.Globalization;
using System.Text;
using System.Text.Json;
using PairUni.Data.PairUg;
using PairUni.Modeling.Images;

namespace PairUni.Cli.Report.Pairs;

/// <summary>One HTML file that needs nothing else: what was found in a PairUG file, and its pairs side by side.</summary>
internal static class PairsPage
{
    private const int Listed = 50;

    /// <summary>Writes the page.</summary>
    /// <param name="page">Where to.</param>
    /// <param name="path">The PairUG file.</param>
    /// <param name="report">What was found in it.</param>
    /// <param name="shown">Pairs on the page at most.</param>
    public static void Write(string page, string path, CheckReport report, int shown)
    {
        var temporary = page + ".tmp";
        File.WriteAllText(temporary, Of(path, report, shown));
        File.Move(temporary, page, overwrite: true);
    }

    private static string Of(string path, CheckReport report, int shown)
    {
        var pairs = Pairs(path, report, shown);
        return $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark"><title>{Html.Text(Path.GetFileName(path))} - PairUni</title>
            <style>{Resource("pairs.css")}</style></head><body><main>
            <h1>{Html.Text(path)}</h1>
            <p class="lead">{report.Pairs} sound pairs: {report.Aligned} aligned, {report.Retrieved} retrieved; {report.Images} images; {report.NearDuplicates.Count} near-duplicates; {report.Problems.Count} problems; {report.Leaks.Count} leaks</p>
            <section class="figures">{Histogram(report)}{Tags("Tags to draw", report.GenerateTags)}{Tags("Tags to answer", report.UnderstandTags)}</section>
            {List("Problems", report.Problems)}{List("Leaks", report.Leaks)}{List("Near-duplicates", [.. report.NearDuplicates.Select(pair => $"{pair.Image} repeats {pair.First}")])}
            <section><h2>Pairs</h2><p class="bar">
            <label>Sort <select id="sort"><option value="line">as in the file</option><option value="rising">similarity, least first</option><option value="falling">similarity, most first</option><option value="tag">tag</option></select></label>
            <label>Kind <select id="kind"><option value="">all</option><option value="aligned">aligned</option><option value="retrieved">retrieved</option></select></label>
            <label>Tag <select id="tag"><option value="">all</option></select></label>
            <label>Text <input id="text" type="search" placeholder="in prompts and questions"></label>
            <button id="back">Back</button><span id="place"></span><button id="on">On</button></p>
            <p class="lead">{(pairs.Count < report.Pairs ? $"{pairs.Count} of {report.Pairs} pairs, taken evenly from the file." : "All pairs.")}</p>
            <div id="pairs"></div></section>
            </main><script type="application/json" id="data">{JsonSerializer.Serialize(pairs)}</script><script>{Resource("pairs.js")}</script></body></html>

            """;
    }

    private static List<object> Pairs(string path, CheckReport report, int shown)
    {
        var records = report.Records;
        var step = Math.Max(1, records.Count / (double)shown);
        var (images, pairs) = (new Dictionary<string, string>(), new List<object>());
        for (var i = 0.0; i < records.Count && pairs.Count < shown; i += step)
        {
            var (line, record) = records[(int)i];
            pairs.Add(new
            {
                line,
                similarity = record.Similarity ?? 1,
                aligned = record.Aligned,
                left = Side(record.Generate, true),
                right = Side(record.Understand, false),
            });
        }
        return pairs;

        object Side(PairSide side, bool draws) => new
        {
            image = images.TryGetValue(side.ImagePath, out var address) ? address : images[side.ImagePath] = Thumbnail.Address(RgbImage.Load(PairUgFile.ImageFile(path, side))),
            path = side.ImagePath,
            tag = side.Tag,
            text = draws ? side.Prompt : side.Question,
            answer = draws ? "" : side.Answer,
        };
    }

    private static string Histogram(CheckReport report)
    {
        if (report.Retrieved == 0)
            return "";
        var (bars, most) = (new StringBuilder(), report.Histogram.Max());
        foreach (var (bin, count) in report.Histogram.Index())
        {
            var height = 80.0 * count / most;
            bars.Append(CultureInfo.InvariantCulture, $"<rect x=\"{bin * 15}\" y=\"{80 - height:0.##}\" width=\"14\" height=\"{height:0.##}\"><title>{bin / 20.0:0.00} to {(bin + 1) / 20.0:0.00}: {count}</title></rect>");
        }

        return $"<figure><figcaption>Similarity of retrieved pairs</figcaption><svg viewBox=\"0 0 300 96\" role=\"img\" aria-label=\"histogram\">{bars}<text x=\"0\" y=\"94\">0</text><text x=\"150\" y=\"94\" text-anchor=\"middle\">0.5</text><text x=\"300\" y=\"94\" text-anchor=\"end\">1</text></svg></figure>";
    }

    private static string Tags(string title, IReadOnlyDictionary<string, int> tags) =>
        $"<figure><figcaption>{title}</figcaption><table>{string.Concat(tags.OrderByDescending(tag => tag.Value).Take(12).Select(tag => $"<tr><td>{(tag.Key.Length > 0 ? Html.Text(tag.Key) : "(no tag)")}</td><td>{tag.Value}</td></tr>"))}</table>{(tags.Count > 12 ? $"<p>and {tags.Count - 12} more</p>" : "")}</figure>";

    private static string List(string title, IReadOnlyList<string> sentences) => sentences.Count == 0 ? ""
        : $"<details><summary>{title}: {sentences.Count}</summary><ul>{string.Concat(sentences.Take(Listed).Select(sentence => $"<li>{Html.Text(sentence)}</li>"))}</ul>{(sentences.Count > Listed ? $"<p>and {sentences.Count - Listed} more</p>" : "")}</details>";

    private static string Resource(string name)
    {
        using var stream = typeof(PairsPage).Assembly.GetManifestResourceStream("PairUni.Cli.Report." + name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
