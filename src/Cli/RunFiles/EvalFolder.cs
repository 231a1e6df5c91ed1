using System.Globalization;
using System.Text.Json;
using PairUni.Contracts;
using PairUni.Learner.Eval;

namespace PairUni.Cli.RunFiles;

/// <summary>eval/step-000280/ of a run: report.json, images/PPPP-S.png (prompt, sample) and questions/QQQQ.png.</summary>
internal static class EvalFolder
{
    public static JsonSerializerOptions Json { get; } = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string PathOf(string runFolder, int step) =>
        Path.Combine(runFolder, "eval", "step-" + step.ToString("D6", CultureInfo.InvariantCulture));

    public static string ImagePath(string folder, EvalImage image) =>
        Path.Combine(folder, "images", string.Create(CultureInfo.InvariantCulture, $"{image.PromptIndex:D4}-{image.Sample}.png"));

    public static string QuestionPath(string folder, EvalAnswer answer) =>
        Path.Combine(folder, "questions", string.Create(CultureInfo.InvariantCulture, $"{answer.QuestionIndex:D4}.png"));

    /// <summary>Writes the images, then the report that speaks of them.</summary>
    public static void Write(string folder, EvalReport report)
    {
        Directory.CreateDirectory(Path.Combine(folder, "images"));
        Directory.CreateDirectory(Path.Combine(folder, "questions"));
        foreach (var image in report.Images.Where(i => !i.Png.IsEmpty))
            File.WriteAllBytes(ImagePath(folder, image), image.Png.ToArray());
        foreach (var answer in report.Answers.Where(a => !a.Png.IsEmpty))
            File.WriteAllBytes(QuestionPath(folder, answer), answer.Png.ToArray());
        WriteJson(Path.Combine(folder, "report.json"), report);
    }

    /// <summary>Writes the report alone.</summary>
    public static void WriteJson(string path, EvalReport report)
    {
        var temporary = path + ".tmp";
        File.WriteAllText(temporary, JsonSerializer.Serialize(report, Json) + "\n");
        File.Move(temporary, path, overwrite: true);
    }

    /// <returns>The evaluations of a run by step, oldest first.</returns>
    /// <exception cref="UserErrorException">A report is not one.</exception>
    public static IReadOnlyList<EvalAtStep> ReadAll(string runFolder)
    {
        var root = Path.Combine(runFolder, "eval");
        if (!Directory.Exists(root))
            return [];
        return [.. Directory.GetDirectories(root, "step-*")
            .Where(f => File.Exists(Path.Combine(f, "report.json")) && int.TryParse(Path.GetFileName(f)["step-".Length..], CultureInfo.InvariantCulture, out _))
            .Select(f => new EvalAtStep(int.Parse(Path.GetFileName(f)["step-".Length..], CultureInfo.InvariantCulture), f, Read(Path.Combine(f, "report.json"))))
            .OrderBy(e => e.Step)];
    }

    /// <summary>Reads one report.</summary>
    /// <exception cref="UserErrorException">There is none, or it is not a report.</exception>
    public static EvalReport Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<EvalReport>(File.ReadAllText(path), Json) ?? throw new JsonException("it is empty");
        }
        catch (FileNotFoundException fault)
        {
            throw new UserErrorException($"{path}: there is no such file; pairuni eval --json {path} writes one", fault);
        }
        catch (JsonException fault)
        {
            throw new UserErrorException($"{path} is not an evaluation report: {fault.Message}", fault);
        }
    }
}

/// <summary>One evaluation of a run.</summary>
/// <param name="Step">Steps trained before it.</param>
/// <param name="Folder">Where its images lie.</param>
/// <param name="Report">Scores, images, answers.</param>
internal sealed record EvalAtStep(int Step, string Folder, EvalReport Report);
