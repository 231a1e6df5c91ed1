using System.Text.Json;
using PairUni.Silo.Tests;

namespace PairUni.EndToEnd.Tests;

/// <summary>Runs of a tiny model from the command line, in a temporary folder.</summary>
public sealed class TinyRuns : IDisposable
{
    private readonly TinyJanus _tiny = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pairuni-e2e-");
    private readonly Lazy<Task<string>> _straight;

    public TinyRuns() => _straight = new(() => PairUniProcess.Run(0, Train("straight")));

    /// <summary>The run that nobody disturbed; made once.</summary>
    public Task Straight => _straight.Value;

    /// <summary>The arguments of a training run.</summary>
    public string[] Train(string name, params string[] more) =>
    [
        "train", "--name", name, .. Sets(
            $"run.out={_folder.FullName}", $"model.path={_tiny.ModelPath}", $"data.path={_tiny.PairsFile}", "rollout.group_size=4", "rollout.max_new_tokens=3",
            "learner.pairs_per_step=2", "learner.max_steps=8", "learner.lr=0.001", "learner.threads=2", "checkpoint.every=2",
            "eval.prompts_per_tag=1", "eval.samples_per_prompt=1", "eval.questions=6", "log.samples_every=4"), .. more,
    ];

    public string File(string run, string name) => Path.Combine(_folder.FullName, run, name);

    public string Folder(string run) => Path.Combine(_folder.FullName, run);

    /// <summary>metrics.jsonl without what depends on the clock, one text a step.</summary>
    public string[] Curve(string run) => [.. System.IO.File.ReadAllLines(File(run, "metrics.jsonl")).Select(Timeless)];

    /// <summary>Lines of the journal so far.</summary>
    public int Journal(string run)
    {
        var path = File(run, "journal.jsonl");
        if (!System.IO.File.Exists(path)) return 0;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        var lines = 0;
        while (reader.ReadLine() is not null) lines++;
        return lines;
    }

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        _tiny.Dispose();
    }

    private static string[] Sets(params string[] settings) => [.. settings.SelectMany(s => new[] { "--set", s })];

    private static string Timeless(string line)
    {
        using var json = JsonDocument.Parse(line);
        return string.Join(' ', json.RootElement.EnumerateObject()
            .Where(p => !p.Name.StartsWith("time/", StringComparison.Ordinal) && !p.Name.StartsWith("perf/", StringComparison.Ordinal))
            .Select(p => $"{p.Name}={p.Value.GetRawText()}"));
    }
}
