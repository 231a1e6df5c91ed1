using System.Text.Json;

namespace PairUni.Modeling.Files;

/// <summary>Which files of a model folder hold its weights.</summary>
/// <param name="Where">The one file, or the index that names the shards.</param>
internal sealed record WeightPaths(string Where, IReadOnlyList<string> Files)
{
    // In this order: safetensors before pickles, as a folder may have both with equal content.
    private static readonly string[] Single = [CheckpointFolder.FileName, "pytorch_model.bin"];

    /// <exception cref="ModelFileException">There are none, or the index of shards is damaged or names one that is not there.</exception>
    public static WeightPaths In(string directory) => Find(directory)
        ?? throw new ModelFileException($"{directory} has no {string.Join(" or ", Single)}, nor an index of shards of either; give the folder of a complete Janus model.");

    /// <summary>Null when there are none.</summary>
    /// <exception cref="ModelFileException">The index of shards is damaged or names one that is not there.</exception>
    public static WeightPaths? Find(string directory)
    {
        foreach (string name in Single)
        {
            string path = Path.Combine(directory, name);
            if (File.Exists(path))
                return new WeightPaths(path, [path]);
            string index = path + ".index.json";
            if (File.Exists(index))
                return new WeightPaths(index, Shards(directory, index));
        }
        return null;
    }

    private static string[] Shards(string directory, string index)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(index));
            string[] names = [.. document.RootElement.GetProperty("weight_map").EnumerateObject()
                .Select(item => item.Value.GetString() ?? "").Distinct().Order(StringComparer.Ordinal)];
            if (names.FirstOrDefault(name => name.Length == 0 || Path.GetFileName(name) != name) is { } outside)
                throw new ModelFileException($"{index} names the shard \"{outside}\", which is not a file of the same folder; restore the index.");
            if (names.Length == 0)
                throw new ModelFileException($"{index} names no shards; restore the index.");
            string[] missing = [.. names.Where(name => !File.Exists(Path.Combine(directory, name)))];
            if (missing.Length > 0)
                throw new ModelFileException($"{Path.Combine(directory, missing[0])} does not exist: {missing.Length} of the {names.Length} shards that {Path.GetFileName(index)} names are missing; download the missing ones.");
            return [.. names.Select(name => Path.Combine(directory, name))];
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new ModelFileException($"{index} is not an index of shards ({e.Message}); restore the file.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelFileException($"{index} cannot be read ({e.Message}); check the file and its permissions.", e);
        }
    }
}
