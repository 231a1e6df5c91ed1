using System.Text.Json;
using PairUni.Data.PairUg;

namespace PairUni.Data.Shapes;

/// <summary>
/// The shapes world on disk: train.jsonl (PairUG) with images/, heldout/prompts.jsonl (GenEval's schema), heldout/questions.jsonl
/// with heldout/images/, and shapes.json, which says what it was made from and is written last.
/// </summary>
public static class ShapesDataset
{
    /// <summary>Name of the PairUG file.</summary>
    public const string TrainFile = "train.jsonl";

    /// <summary>Name of the folder with held-out prompts and questions.</summary>
    public const string HeldOutFolder = "heldout";

    private const string ManifestFile = "shapes.json";
    private const ulong PromptKey = 0x70726F6D7074;
    private const ulong QuestionKey = 0x7175657374;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Makes a data set. The same seed, number and options give the same bytes.</summary>
    /// <param name="folder">Folder to make it in; made when missing.</param>
    /// <param name="seed">Seed of everything random.</param>
    /// <param name="pairs">Number of training pairs, at least 1.</param>
    /// <param name="options">Shares, thresholds and numbers of held-out items; defaults when null.</param>
    /// <param name="overwrite">Replace a shapes data set that is there.</param>
    /// <exception cref="DataFileException">There is data already and <paramref name="overwrite"/> is false, or something cannot be written.</exception>
    public static ShapesDatasetReport Write(string folder, ulong seed, int pairs, ShapesDatasetOptions? options = null, bool overwrite = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pairs);
        options ??= new ShapesDatasetOptions();
        var trainPath = Path.Combine(folder, TrainFile);
        if (File.Exists(trainPath) && !overwrite)
            throw new DataFileException($"{trainPath}: there is data already; name another folder or allow overwriting.");
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "images"));
            File.Delete(Path.Combine(folder, ManifestFile));
            Directory.CreateDirectory(Path.Combine(folder, HeldOutFolder, "images"));
            var prompts = new ShapePrompts(options.World);
            var (prompted, asked) = WriteHeldOut(Path.Combine(folder, HeldOutFolder), seed, options, prompts);
            var records = WritePairs(folder, seed, pairs, options, prompts);
            var report = Report(folder, seed, records) with { HeldOutPrompts = prompted, HeldOutQuestions = asked };
            JsonLines.WriteText(Path.Combine(folder, ManifestFile), Manifest(seed, pairs, options, report));
            return report;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DataFileException($"{folder}: the data set cannot be written ({fault.Message}).", fault);
        }
    }

    /// <summary>Makes a data set unless the folder already holds exactly this one, complete.</summary>
    /// <inheritdoc cref="Write"/>
    public static ShapesDatasetReport Ensure(string folder, ulong seed, int pairs, ShapesDatasetOptions? options = null)
    {
        options ??= new ShapesDatasetOptions();
        return Existing(folder, seed, pairs, options) ?? Write(folder, seed, pairs, options, overwrite: true);
    }

    /// <summary>Reads the held-out prompts and questions of a data set, or of a folder that holds just these.</summary>
    /// <exception cref="DataFileException">A file or image is missing or a line is bad; the sentence has file and line.</exception>
    public static ShapesHeldOut ReadHeldOut(string folder)
    {
        var inside = Path.Combine(folder, HeldOutFolder);
        return ShapesHeldOut.Read(File.Exists(Path.Combine(inside, ShapesHeldOut.PromptsFile)) ? inside : folder);
    }

    private static (int Prompts, int Questions) WriteHeldOut(string folder, ulong seed, ShapesDatasetOptions options, ShapePrompts prompts)
    {
        var records = prompts.HeldOut(seed ^ PromptKey, options.HeldOutPromptsPerTag);
        JsonLines.Write(Path.Combine(folder, ShapesHeldOut.PromptsFile), records);
        var questions = new HeldOutQuestion[options.HeldOutQuestions];
        Parallel.For(0, questions.Length, i =>
        {
            var random = new SeededRandom(seed, QuestionKey, (ulong)i);
            var sample = ShapeSample.Draw(random.Pick(prompts.HeldOut(GenEvalTag.All[i % GenEvalTag.All.Count])), options.World, random);
            var path = $"images/{i:D5}.png";
            File.WriteAllBytes(Path.Combine(folder, path), sample.Image.EncodePng());
            questions[i] = new HeldOutQuestion { ImagePath = path, Question = sample.Question.Text, Answer = sample.Question.Answer, Tag = sample.Question.Kind };
        });
        JsonLines.Write(Path.Combine(folder, ShapesHeldOut.QuestionsFile), questions);
        return (records.Count, questions.Length);
    }

    private static List<PairRecord> WritePairs(string folder, ulong seed, int pairs, ShapesDatasetOptions options, ShapePrompts prompts)
    {
        var records = new List<PairRecord>(pairs);
        for (var block = 0; records.Count < pairs; block++)
        {
            var made = new ShapePairBlock(options, prompts, seed, block, Math.Min(ShapePairBlock.MaxPairs, pairs - records.Count));
            Parallel.ForEach(made.Images, image => File.WriteAllBytes(Path.Combine(folder, image.Key), image.Value.EncodePng()));
            records.AddRange(made.Records);
        }
        PairUgFile.Write(Path.Combine(folder, TrainFile), records);
        return records;
    }

    private static ShapesDatasetReport Report(string folder, ulong seed, List<PairRecord> records) => new()
    {
        TrainPath = Path.Combine(folder, TrainFile),
        HeldOutFolder = Path.Combine(folder, HeldOutFolder),
        Seed = seed,
        Pairs = records.Count,
        Aligned = records.Count(record => record.Aligned),
        MeanSimilarity = records.Where(record => !record.Aligned).Select(record => record.Similarity!.Value).DefaultIfEmpty(1).Average(),
        Images = records.SelectMany(record => new[] { record.Generate.ImagePath, record.Understand.ImagePath }).Distinct().Count(),
        HeldOutPrompts = 0,
        HeldOutQuestions = 0,
    };

    private static string Manifest(ulong seed, int pairs, ShapesDatasetOptions options, ShapesDatasetReport report) =>
        JsonSerializer.Serialize(
            new
            {
                made_from = new { seed, pairs, options },
                holds = new { report.Aligned, report.MeanSimilarity, report.Images, report.HeldOutPrompts, report.HeldOutQuestions },
            },
            Indented) + "\n";

    private static ShapesDatasetReport? Existing(string folder, ulong seed, int pairs, ShapesDatasetOptions options)
    {
        var manifest = Path.Combine(folder, ManifestFile);
        if (!File.Exists(manifest))
            return null;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(manifest));
            var holds = document.RootElement.GetProperty("holds");
            var report = new ShapesDatasetReport
            {
                TrainPath = Path.Combine(folder, TrainFile),
                HeldOutFolder = Path.Combine(folder, HeldOutFolder),
                Seed = seed,
                Pairs = pairs,
                Aligned = holds.GetProperty("Aligned").GetInt32(),
                MeanSimilarity = holds.GetProperty("MeanSimilarity").GetDouble(),
                Images = holds.GetProperty("Images").GetInt32(),
                HeldOutPrompts = holds.GetProperty("HeldOutPrompts").GetInt32(),
                HeldOutQuestions = holds.GetProperty("HeldOutQuestions").GetInt32(),
            };
            return File.ReadAllText(manifest) == Manifest(seed, pairs, options, report) && File.Exists(report.TrainPath) ? report : null;
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
