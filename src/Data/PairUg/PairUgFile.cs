using System.Collections.Concurrent;

namespace PairUni.Data.PairUg;

/// <summary>Reads, checks and writes PairUG files: JSON Lines of understanding-generation pairs with their images beside them.</summary>
public static class PairUgFile
{
    /// <summary>Reads a file whole and checks every line and image.</summary>
    /// <param name="path">The JSONL file.</param>
    /// <param name="decodeImages">Also decode each image, not only look for it; costs a few milliseconds a megapixel.</param>
    /// <exception cref="DataFileException">The first thing that is wrong, with file and line, or that there are no pairs.</exception>
    public static IReadOnlyList<PairRecord> Read(string path, bool decodeImages = true)
    {
        var (records, problems) = Load(path, decodeImages);
        return problems.Count == 0 ? records : throw new DataFileException(problems[0]);
    }

    /// <summary>Looks through a whole file and collects everything that is wrong.</summary>
    /// <exception cref="DataFileException">The file cannot be read at all.</exception>
    public static CheckReport Check(string path)
    {
        var (records, problems) = Load(path, decodeImages: true);
        var similarities = records.Where(record => !record.Aligned).Select(record => record.Similarity ?? 1).DefaultIfEmpty(1).ToArray();
        return new CheckReport
        {
            Path = path,
            Pairs = records.Count,
            Aligned = records.Count(record => record.Aligned),
            Images = records.SelectMany(record => new[] { record.Generate.ImagePath, record.Understand.ImagePath }).Distinct().Count(),
            MinSimilarity = similarities.Min(),
            MeanSimilarity = similarities.Average(),
            MaxSimilarity = similarities.Max(),
            GenerateTags = Tally(records.Select(record => record.Generate.Tag)),
            UnderstandTags = Tally(records.Select(record => record.Understand.Tag)),
            Problems = problems,
        };
    }

    /// <summary>Writes records as they are; the images must lie beside the file already.</summary>
    /// <exception cref="DataFileException">The file cannot be written.</exception>
    public static void Write(string path, IEnumerable<PairRecord> records) => JsonLines.Write(path, records);

    /// <summary>The full path of a half's image.</summary>
    /// <exception cref="DataFileException">The path leaves the data folder or leads nowhere.</exception>
    public static string ImageFile(string path, PairSide side) => new DataFolder(path).Resolve(side.ImagePath, path);

    private static (List<PairRecord> Records, List<string> Problems) Load(string path, bool decodeImages)
    {
        var folder = new DataFolder(path);
        var parsed = new List<(int Line, PairRecord Record)>();
        var problems = new List<(int Line, string Sentence)>();
        var firstUse = new Dictionary<string, int>();
        foreach (var (line, text) in JsonLines.Read(path))
        {
            var where = $"{path}:{line}";
            try
            {
                var record = PairRecordParser.Parse(text, where);
                firstUse.TryAdd(folder.Resolve(record.Generate.ImagePath, where), line);
                firstUse.TryAdd(folder.Resolve(record.Understand.ImagePath, where), line);
                parsed.Add((line, record));
            }
            catch (DataFileException problem)
            {
                problems.Add((line, problem.Message));
            }
        }
        if (decodeImages)
            problems.AddRange(ImageProblems(path, firstUse));
        if (parsed.Count == 0 && problems.Count == 0)
            problems.Add((1, $"{path}: the file holds no pairs."));
        var bad = problems.Select(problem => problem.Line).ToHashSet();
        return ([.. parsed.Where(entry => !bad.Contains(entry.Line)).Select(entry => entry.Record)],
            [.. problems.OrderBy(problem => problem.Line).Select(problem => problem.Sentence)]);
    }

    private static IEnumerable<(int Line, string Sentence)> ImageProblems(string path, Dictionary<string, int> firstUse)
    {
        var problems = new ConcurrentBag<(int Line, string Sentence)>();
        Parallel.ForEach(firstUse, use =>
        {
            if (DataFolder.Fault(use.Key) is { } fault)
                problems.Add((use.Value, $"{path}:{use.Value}: {fault}"));
        });
        return problems.Order();
    }

    private static SortedDictionary<string, int> Tally(IEnumerable<string> tags)
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var tag in tags)
            counts[tag] = counts.GetValueOrDefault(tag) + 1;
        return counts;
    }
}
