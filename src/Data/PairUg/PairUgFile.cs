using System.Collections.Concurrent;
using PairUni.Data.Features;
using PairUni.Modeling.Images;

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
        var (records, problems, _) = Load(path, decodeImages);
        return problems.Count == 0 ? [.. records.Select(entry => entry.Record)] : throw new DataFileException(problems[0]);
    }

    /// <summary>Looks through a whole file and collects everything that is wrong.</summary>
    /// <param name="path">The JSONL file.</param>
    /// <param name="heldOut">What the file must not hold; null when that is not asked.</param>
    /// <exception cref="DataFileException">The file cannot be read at all.</exception>
    public static CheckReport Check(string path, HeldOutSet? heldOut = null)
    {
        var (lines, problems, hashes) = Load(path, decodeImages: true);
        var records = lines.Select(entry => entry.Record).ToArray();
        var similarities = records.Where(record => !record.Aligned).Select(record => record.Similarity ?? 1).DefaultIfEmpty(1).ToArray();
        return new CheckReport
        {
            Path = path,
            Records = lines,
            Aligned = records.Count(record => record.Aligned),
            Images = records.SelectMany(record => new[] { record.Generate.ImagePath, record.Understand.ImagePath }).Distinct().Count(),
            MinSimilarity = similarities.Min(),
            MeanSimilarity = similarities.Average(),
            MaxSimilarity = similarities.Max(),
            GenerateTags = Tally(records.Select(record => record.Generate.Tag)),
            UnderstandTags = Tally(records.Select(record => record.Understand.Tag)),
            Histogram = Bins(records),
            NearDuplicates = Repeated(hashes),
            Leaks = heldOut is null ? [] : [.. lines.SelectMany(entry => Leaks(path, entry.Line, entry.Record, hashes, heldOut))],
            Problems = problems,
        };
    }

    /// <summary>Writes records as they are; the images must lie beside the file already.</summary>
    /// <exception cref="DataFileException">The file cannot be written.</exception>
    public static void Write(string path, IEnumerable<PairRecord> records) => JsonLines.Write(path, records);

    /// <summary>The full path of a half's image.</summary>
    /// <exception cref="DataFileException">The path leaves the data folder or leads nowhere.</exception>
    public static string ImageFile(string path, PairSide side) => new DataFolder(path).Resolve(side.ImagePath, path);

    private static int[] Bins(IEnumerable<PairRecord> records)
    {
        var bins = new int[20];
        foreach (var record in records.Where(record => !record.Aligned))
            bins[Math.Min((int)(((record.Similarity ?? 1) * bins.Length) + 1e-9), bins.Length - 1)]++;
        return bins;
    }

    private static (string Image, string First)[] Repeated(SortedDictionary<string, PerceptualHash> hashes)
    {
        string[] images = [.. hashes.Keys];
        var firsts = NearDuplicates.Firsts([.. hashes.Values.Select(hash => (PerceptualHash?)hash)]);
        return [.. images.Select((image, i) => (image, i)).Where(entry => firsts[entry.i] >= 0).Select(entry => (entry.image, images[firsts[entry.i]]))];
    }

    private static IEnumerable<string> Leaks(string path, int line, PairRecord record, SortedDictionary<string, PerceptualHash> hashes, HeldOutSet heldOut)
    {
        if (heldOut.Holds(record.Generate.Prompt))
            yield return $"{path}:{line}: the prompt \"{record.Generate.Prompt}\" is held out.";
        foreach (var image in new[] { record.Generate.ImagePath, record.Understand.ImagePath }.Distinct())
        {
            if (hashes.TryGetValue(image, out var hash) && heldOut.Holds(hash))
                yield return $"{path}:{line}: the image {image}, or one like it, is held out.";
        }
    }

    private static (List<(int Line, PairRecord Record)> Records, List<string> Problems, SortedDictionary<string, PerceptualHash> Hashes) Load(string path, bool decodeImages)
    {
        var folder = new DataFolder(path);
        var parsed = new List<(int Line, PairRecord Record)>();
        var problems = new List<(int Line, string Sentence)>();
        var firstUse = new Dictionary<string, (int Line, string Name)>();
        foreach (var (line, text) in JsonLines.Read(path))
        {
            var where = $"{path}:{line}";
            try
            {
                var record = PairRecordParser.Parse(text, where);
                foreach (var name in new[] { record.Generate.ImagePath, record.Understand.ImagePath })
                    firstUse.TryAdd(folder.Resolve(name, where), (line, name));
                parsed.Add((line, record));
            }
            catch (DataFileException problem)
            {
                problems.Add((line, problem.Message));
            }
        }
        var hashes = new SortedDictionary<string, PerceptualHash>(StringComparer.Ordinal);
        if (decodeImages)
            problems.AddRange(ImageProblems(path, firstUse, hashes));
        if (parsed.Count == 0 && problems.Count == 0)
            problems.Add((1, $"{path}: the file holds no pairs."));
        var bad = problems.Select(problem => problem.Line).ToHashSet();
        return ([.. parsed.Where(entry => !bad.Contains(entry.Line))], [.. problems.OrderBy(problem => problem.Line).Select(problem => problem.Sentence)], hashes);
    }

    private static IEnumerable<(int Line, string Sentence)> ImageProblems(
        string path, Dictionary<string, (int Line, string Name)> firstUse, SortedDictionary<string, PerceptualHash> hashes)
    {
        var problems = new ConcurrentBag<(int Line, string Sentence)>();
        Parallel.ForEach(firstUse, use =>
        {
            try
            {
                var hash = PerceptualHash.Of(RgbImage.Load(use.Key));
                lock (hashes)
                    hashes[use.Value.Name] = hash;
            }
            catch (ImageFileException fault)
            {
                problems.Add((use.Value.Line, $"{path}:{use.Value.Line}: {fault.Message}"));
            }
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
