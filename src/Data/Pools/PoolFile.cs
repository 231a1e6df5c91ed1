using System.Text.Json;
using PairUni.Data.Features;

namespace PairUni.Data.Pools;

/// <summary>Reads and writes pool files: JSON Lines of single-task samples with their images beside them.</summary>
public static class PoolFile
{
    /// <summary>Name of the file inside the folder that an import makes.</summary>
    public const string Name = "pool.jsonl";

    /// <summary>The pool file that a path means: the file itself, or the one in a folder.</summary>
    public static string Find(string path) => Directory.Exists(path) ? Path.Combine(path, Name) : path;

    /// <summary>Reads a pool whole. Images are not looked at: the import did that, and their hashes tell whether they changed.</summary>
    /// <exception cref="DataFileException">A line is broken, lacks a field or repeats an id, or there are no samples.</exception>
    public static IReadOnlyList<PoolSample> Read(string path)
    {
        var samples = new List<PoolSample>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (line, text) in JsonLines.Read(path))
        {
            var sample = Parse(text, $"{path}:{line}");
            if (!lines.TryAdd(sample.Id, line))
                throw new DataFileException($"{path}:{line}: the id \"{sample.Id}\" was given in line {lines[sample.Id]} already; give each sample an id of its own.");
            samples.Add(sample);
        }
        return samples.Count > 0 ? samples : throw new DataFileException($"{path}: the pool is empty; import samples with data import.");
    }

    /// <summary>Writes samples as they are; the images must lie beside the file already.</summary>
    /// <exception cref="DataFileException">The file cannot be written.</exception>
    public static void Write(string path, IEnumerable<PoolSample> samples) => JsonLines.Write(path, samples);

    private static PoolSample Parse(string text, string where)
    {
        try
        {
            var sample = JsonSerializer.Deserialize<PoolSample>(text) ?? throw new JsonException("a line must be an object");
            if (sample.Sha256.Length != 64 || !sample.Sha256.All(char.IsAsciiHexDigitLower))
                throw new DataFileException($"{where}: \"sha256\" must be 64 hexadecimal digits in lower case; make pools with data import.");
            return sample.PerceptualHash.Length == 0 || PerceptualHash.Parse(sample.PerceptualHash) is not null
                ? sample
                : throw new DataFileException($"{where}: \"perceptual_hash\" is not what this version of data import writes; import the samples again, or leave it out.");
        }
        catch (JsonException fault)
        {
            throw new DataFileException($"{where}: the line is no sample of a pool ({fault.Message.Split(" Path:")[0].TrimEnd('.')}); make pools with data import.", fault);
        }
    }
}
