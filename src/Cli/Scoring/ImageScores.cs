using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using PairUni.Modeling.Hps;
using Spectre.Console;

namespace PairUni.Cli.Scoring;

/// <summary>Scores as a console table and as a JSON file.</summary>
internal static class ImageScores
{
    private const int PromptWidth = 60;

    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Table Table(IReadOnlyList<ImageScore> scores)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("image");
        table.AddColumn("prompt");
        table.AddColumn(new TableColumn("score").RightAligned());
        foreach (var one in scores)
            table.AddRow(Markup.Escape(one.Image), Markup.Escape(Short(one.Prompt)), one.Score.ToString("0.00000", CultureInfo.InvariantCulture));
        return table;
    }

    public static void Write(string file, string model, HpsOptions options, IReadOnlyList<ImageScore> scores) =>
        File.WriteAllText(file, JsonSerializer.Serialize(new { Model = model, Antialias = options.Antialias, Weights = $"{options.Weights}", Scores = scores }, Readable) + "\n");

    private static string Short(string prompt)
    {
        var line = prompt.ReplaceLineEndings(" ");
        return line.Length <= PromptWidth ? line : string.Concat(line.AsSpan(0, PromptWidth - 3), "...");
    }
}
