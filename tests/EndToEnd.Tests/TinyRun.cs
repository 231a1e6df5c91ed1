using System.Text.Json;
using PairUni.Cli.Tests;

namespace PairUni.EndToEnd.Tests;

/// <summary>A model of a few thousand weights and a run of seconds that goes through everything a real run goes through.</summary>
public sealed class TinyRun : IDisposable
{
    /// <summary>Long enough to be disturbed several times.</summary>
    public static readonly string[] Eight = ["--set", "learner.max_steps=8"];

    /// <summary>Too long to be over before a signal arrives, however busy the machine is.</summary>
    public static readonly string[] Long = ["--set", "learner.max_steps=60"];

    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<Task> _straight;
    private readonly Lazy<Task> _longStraight;

    public TinyRun()
    {
        Model = TinyModel.Write(Path.Combine(_folder.Path, "model"));
        Config = _folder.File("tiny.yaml", $$"""
            run: {out: {{_folder.Path}}/runs}
            model: {path: {{Model}}}
            data: {pairs: 16}
            rollout: {group_size: 4, max_new_tokens: 3}
            reward: {generate: [{name: shapes, mode: dense}]}
            learner: {pairs_per_step: 2, max_steps: 4, lr: 1e-3}
            checkpoint: {every: 2}
            eval: {prompts_per_tag: 1, samples_per_prompt: 2, questions: 6}
            log: {samples_every: 2}
            """);
        _straight = new(() => Undisturbed("straight", Eight));
        _longStraight = new(() => Undisturbed("long-straight", Long));
    }

    public string Model { get; }

    public string Config { get; }

    public string Folder => _folder.Path;

    /// <summary>The run of eight steps that nobody disturbed; made once.</summary>
    public Task Straight => _straight.Value;

    /// <summary>The long run that nobody disturbed; made once.</summary>
    public Task LongStraight => _longStraight.Value;

    public string PathOf(string run) => Path.Combine(_folder.Path, "runs", run);

    /// <summary>Runs pairuni train in this process.</summary>
    public Task<(int Code, string Out, string Error)> Train(string name, params string[] more) => CliTest.Run(["train", Config, "--name", name, .. more]);

    /// <summary>Starts pairuni train as a process of its own.</summary>
    internal PairUniProcess Start(string name, params string[] more) => PairUniProcess.Start(["train", Config, "--name", name, .. more]);

    /// <summary>Whole lines of the journal so far.</summary>
    public int Journal(string run) => Lines(Path.Combine(PathOf(run), "journal.jsonl")).Length;

    /// <summary>The run's metrics a step so far, without what measures the machine.</summary>
    public string[] Metrics(string run) =>
        [.. Lines(Path.Combine(PathOf(run), "metrics.jsonl")).Select(line => string.Join(' ', JsonDocument.Parse(line).RootElement.EnumerateObject()
            .Where(m => !m.Name.StartsWith("time/", StringComparison.Ordinal) && !m.Name.StartsWith("perf/", StringComparison.Ordinal))
            .Select(m => m.ToString())))];

    /// <summary>Expects a step that moved the weights; else equal metrics prove nothing about them.</summary>
    public void Learns(string run) => Metrics(run).ShouldContain(line => line.Contains("\"optim/grad_norm\":") && !line.Contains("\"optim/grad_norm\":0 "), "there must be something to learn");

    public void Dispose() => _folder.Dispose();

    private async Task Undisturbed(string name, string[] steps)
    {
        (await Train(name, steps)).Code.ShouldBe(0);
        Learns(name);
    }

    // A run may be writing at this moment; its last line may not be whole.
    private static string[] Lines(string path)
    {
        if (!File.Exists(path)) return [];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd().Split('\n')[..^1];
    }
}
