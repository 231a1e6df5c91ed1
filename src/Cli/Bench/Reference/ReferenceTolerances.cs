using System.Text.Json;
using PairUni.Contracts;

namespace PairUni.Cli.Bench.Reference;

/// <summary>
/// How far another implementation in float32 may be from the original: twenty times the original's own difference between
/// float32 and float64 (cases/NAME/tolerances.json, for scores case8_hps.json), never less than one unit in the last place of the tensor's largest value.
/// </summary>
internal sealed class ReferenceTolerances
{
    private const double Slack = 20;
    private const double LastPlace = 1.2e-7;

    // Of tensors that the file does not list: the largest relative differences listed elsewhere are 5e-6 before the slack.
    private const double Unlisted = 1e-6 * Slack;

    private readonly IReadOnlyDictionary<string, double> _differences;

    private ReferenceTolerances(IReadOnlyDictionary<string, double> differences) => _differences = differences;

    /// <summary>Reads tolerances.json of a folder of cases; without one, every tensor's tolerance follows from its size.</summary>
    /// <exception cref="UserErrorException">The file is not of the form {name: {"case/tensor": [_, difference, _]}}.</exception>
    public static ReferenceTolerances Load(string folder)
    {
        var file = Path.Combine(folder, "tolerances.json");
        if (!File.Exists(file))
            return new(Scores(Path.Combine(folder, "case8_hps.json")));
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            var listed = document.RootElement.EnumerateObject().First().Value;
            return new(listed.EnumerateObject().ToDictionary(p => p.Name, p => p.Value[1].GetDouble()));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or IndexOutOfRangeException)
        {
            throw new UserErrorException($"{file} does not list differences per tensor ({e.Message}); restore the file");
        }
    }

    // Scores list theirs beside their settings. Features of prompts stand under one way of resizing, and the official scores are the matrix'.
    private static Dictionary<string, double> Scores(string file)
    {
        var differences = new Dictionary<string, double>();
        if (!File.Exists(file))
            return differences;
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        foreach (var listed in document.RootElement.EnumerateObject().Where(p => p.Name.StartsWith("max_abs_difference", StringComparison.Ordinal)).SelectMany(p => p.Value.EnumerateObject()))
        {
            var difference = listed.Value[1].GetDouble();
            differences[$"case8_hps/{listed.Name}"] = difference;
            if (listed.Name.EndsWith("score_matrix", StringComparison.Ordinal))
                differences[$"case8_hps/{listed.Name.Replace("score_matrix", "official_score", StringComparison.Ordinal)}"] = difference;
            if (listed.Name.Split('/')[^1].StartsWith("text_features", StringComparison.Ordinal))
                differences[$"case8_hps/{listed.Name.Split('/')[^1]}"] = difference;
        }

        return differences;
    }

    /// <param name="name">"case/tensor" as in the file.</param>
    /// <param name="largest">The tensor's largest magnitude.</param>
    public double Of(string name, double largest) => _differences.TryGetValue(name, out var difference)
        ? Math.Max(Slack * difference, LastPlace * largest)
        : Unlisted * Math.Max(largest, 1e-3);
}
