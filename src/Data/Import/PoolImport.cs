using System.Security.Cryptography;
using System.Text.Json;
using PairUni.Data.Features;
using PairUni.Data.Pools;
using PairUni.Data.Shapes;
using PairUni.Modeling.Images;

namespace PairUni.Data.Import;

/// <summary>
/// Turns single-task data into a pool: every image is decoded, hashed and copied under its hash, every sample checked. The pool file is
/// written last; an import that was killed copies no image twice.
/// </summary>
public static class PoolImport
{
    private const string ImageFolder = "images";
    private const int Chunk = 512;

    /// <summary>Imports a source into a folder.</summary>
    /// <param name="folder">Gets pool.jsonl and images/.</param>
    /// <param name="done">Told the number of samples looked at so far.</param>
    /// <returns>What there is; a report with problems and no samples when something was wrong and is not to be skipped.</returns>
    /// <exception cref="DataFileException">The source cannot be read at all or holds nothing.</exception>
    public static ImportReport Run(ImportOptions options, string folder, Action<int>? done = null, CancellationToken cancellation = default)
    {
        var root = Path.GetFullPath(options.Images ?? (Directory.Exists(options.Source) ? options.Source : Path.GetDirectoryName(Path.GetFullPath(options.Source))!));
        MakeFolder(Path.Combine(folder, ImageFolder));
        var (samples, problems, without, seen) = (new List<PoolSample>(), new List<string>(), 0, 0);
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var chunk in Records(options).Chunk(Chunk))
        {
            cancellation.ThrowIfCancellationRequested();
            var results = new (PoolSample? Sample, string? Problem)[chunk.Length];
            Parallel.For(0, chunk.Length, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, i => results[i] = Make(chunk[i], options, root, folder));
            foreach (var (sample, problem) in results)
            {
                if (sample is not null && !ids.TryAdd(sample.Id, sample.Source))
                    problems.Add($"{sample.Source}: the id \"{sample.Id}\" was given at {ids[sample.Id]} already; give each sample an id of its own.");
                else if (sample is not null)
                    samples.Add(sample);
                else if (problem is not null)
                    problems.Add(problem);
                else
                    without++;
            }
            seen += chunk.Length;
            done?.Invoke(seen);
        }
        var path = Path.Combine(folder, PoolFile.Name);
        if (problems.Count > 0 && !options.SkipBad)
            return new(path, 0, 0, without, problems);
        if (samples.Count == 0)
            throw new DataFileException($"{options.Source}: there are no samples with an image in it; check the format and the folder.");
        if (problems.Count > 0)
            JsonLines.WriteText(Path.Combine(folder, "skipped.txt"), string.Concat(problems.Select(problem => problem + "\n")));
        PoolFile.Write(path, samples);
        return new(path, samples.Count, samples.Select(sample => sample.Sha256).Distinct().Count(), without, problems);
    }

    private static void MakeFolder(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DataFileException($"{path}: the folder cannot be made ({fault.Message}); give another --out.", fault);
        }
    }

    private static IEnumerable<SourceRecord> Records(ImportOptions options) => options.Format switch
    {
        SourceFormat.Jsonl => JsonlSource.Read(options.Source, options.Map),
        SourceFormat.Llava => LlavaSource.Read(options.Source, options.Task),
        SourceFormat.Csv => CsvSource.Read(options.Source, options.Map),
        SourceFormat.Captions => CaptionFolderSource.Read(options.Source),
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.Format, "not a format"),
    };

    private static (PoolSample? Sample, string? Problem) Make(SourceRecord record, ImportOptions options, string root, string folder)
    {
        if (record.Sample is not { } source)
            return (null, record.Problem);
        if (Lacking(source, options.Task) is { } lacking)
            return (null, $"{source.Where}: the sample has no {lacking}; map the field that holds it with --map {lacking}=FIELD.");
        if (source.Image!.Contains('\0', StringComparison.Ordinal))
            return (null, $"{source.Where}: the image's path has a zero byte in it; mend the path.");
        var path = Path.GetFullPath(Path.Combine(root, source.Image));
        try
        {
            var bytes = Bytes(path);
            var image = RgbImage.Decode(bytes, path, options.MaxPixels);
            var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
            return (new PoolSample
            {
                Id = string.IsNullOrEmpty(source.Id) ? $"{Path.GetFileNameWithoutExtension(options.Source)}:{source.Where[(source.Where.LastIndexOf(':') + 1)..]}" : source.Id,
                ImagePath = Keep(bytes, hash, folder),
                Sha256 = hash,
                PerceptualHash = PerceptualHash.Of(image).ToString(),
                Prompt = source.Prompt?.Trim() ?? "",
                Question = source.Question?.Trim() ?? "",
                Answer = source.Answer?.Trim() ?? "",
                Tag = string.IsNullOrWhiteSpace(source.Tag) ? options.Tag : source.Tag.Trim(),
                Source = source.Where,
                Unknown = Record(source),
            }, null);
        }
        catch (DataFileException problem)
        {
            return (null, problem.Message);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, $"{source.Where}: the image {path} does not exist; give the folder of the images with --images.");
        }
        catch (ImageFileException fault)
        {
            return (null, source.Where == path ? fault.Message : $"{source.Where}: {fault.Message}");
        }
    }

    private static byte[] Bytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or IOException and not (FileNotFoundException or DirectoryNotFoundException))
        {
            throw new ImageFileException($"{path}: the image cannot be read ({(Directory.Exists(path) ? "it is a folder" : fault.Message.TrimEnd('.'))}); mend the path or its permissions.", fault);
        }
    }

    private static Dictionary<string, JsonElement>? Record(SourceSample source) => string.IsNullOrWhiteSpace(source.GenEval) ? null
        : new() { ["geneval"] = JsonSerializer.SerializeToElement(GenEvalRecord.Parse(source.GenEval, $"{source.Where}: the GenEval record")) };

    private static string? Lacking(SourceSample source, SampleTask task) =>
        string.IsNullOrWhiteSpace(source.Image) ? "image"
        : task == SampleTask.Generate ? string.IsNullOrWhiteSpace(source.Prompt) ? "prompt" : null
        : string.IsNullOrWhiteSpace(source.Question) ? "question"
        : string.IsNullOrWhiteSpace(source.Answer) ? "answer" : null;

    // Under its hash, so that the same image is there once. Whole or absent: a kill leaves only a temporary file.
    private static string Keep(byte[] bytes, string hash, string folder)
    {
        var name = $"{ImageFolder}/{hash[..32]}{Extension(bytes)}";
        var path = Path.Combine(folder, name);
        if (new FileInfo(path) is { Exists: true } there && there.Length == bytes.Length)
            return name;
        var temporary = $"{path}.{Environment.CurrentManagedThreadId}.tmp";
        File.WriteAllBytes(temporary, bytes);
        File.Move(temporary, path, overwrite: true);
        return name;
    }

    private static string Extension(byte[] bytes) => bytes[0] switch { 0x89 => ".png", 0xFF => ".jpg", _ => ".webp" };
}
