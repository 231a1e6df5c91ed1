using System.Text.Json;
using PairUni.Contracts;

namespace PairUni.Cli.RunFiles;

/// <summary>What a run's folder holds, read back for the report. Everything but the folder itself may be missing.</summary>
internal sealed record RunRecord
{
    public required string Name { get; init; }

    public required string Folder { get; init; }

    /// <summary>The command line that started the run.</summary>
    public required string Command { get; init; }

    /// <summary>config.resolved.yaml.</summary>
    public required string Config { get; init; }

    /// <summary>environment.json: names and values, in the file's order.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; }

    public required MetricsTable Metrics { get; init; }

    public required IReadOnlyList<EvalAtStep> Evals { get; init; }

    /// <exception cref="UserErrorException">The folder is no run's folder, or a file in it is broken.</exception>
    public static RunRecord Read(string folder)
    {
        var config = Path.Combine(folder, "config.resolved.yaml");
        if (!Directory.Exists(folder) || !File.Exists(config))
            throw new UserErrorException($"{folder} is not a run's folder: it has no config.resolved.yaml");
        return new RunRecord
        {
            Name = Path.GetFileName(Path.GetFullPath(folder).TrimEnd('/')),
            Folder = folder,
            Command = Text(Path.Combine(folder, "command.txt")),
            Config = Text(config),
            Environment = EnvironmentOf(Path.Combine(folder, "environment.json")),
            Metrics = MetricsTable.Read(Path.Combine(folder, "metrics.jsonl")),
            Evals = EvalFolder.ReadAll(folder),
        };
    }

    private static string Text(string path) => File.Exists(path) ? File.ReadAllText(path).TrimEnd() : "";

    private static IReadOnlyList<KeyValuePair<string, string>> EnvironmentOf(string path)
    {
        if (!File.Exists(path))
            return [];
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(path));
            return [.. json.RootElement.EnumerateObject().Select(e => KeyValuePair.Create(e.Name, e.Value.ToString()))];
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new UserErrorException($"{path} is not a JSON object: {fault.Message}", fault);
        }
    }
}
