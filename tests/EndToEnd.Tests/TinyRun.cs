using System.Diagnostics;
using System.Text.Json;
using PairUni.Cli.Tests;

namespace PairUni.EndToEnd.Tests;

/// <summary>A model of a few thousand weights and a run of seconds that goes through everything a real run goes through.</summary>
internal sealed class TinyRun : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TinyRun()
    {
        Model = TinyModel.Write(Path.Combine(_folder.Path, "model"));
        Config = _folder.File("tiny.yaml", $$"""
            run: {out: {{_folder.Path}}/runs}
            model: {path: {{Model}}}
            data: {pairs: 16}
            rollout: {group_size: 4, max_new_tokens: 3}
            learner: {pairs_per_step: 2, max_steps: 4, lr: 1e-3}
            checkpoint: {every: 2}
            eval: {prompts_per_tag: 1, samples_per_prompt: 2, questions: 6}
            log: {samples_every: 2}
            """);
    }

    public string Model { get; }

    public string Config { get; }

    public string Folder => _folder.Path;

    public string PathOf(string run) => Path.Combine(_folder.Path, "runs", run);

    /// <summary>Runs pairuni train in this process.</summary>
    public Task<(int Code, string Out, string Error)> Train(string name, params string[] more) => CliTest.Run(["train", Config, "--name", name, .. more]);

    /// <summary>Starts pairuni train as a process of its own.</summary>
    public Process Start(string name, params string[] more) => Process.Start(new ProcessStartInfo(
        Path.Combine(AppContext.BaseDirectory, "pairuni"), ["train", Config, "--name", name, .. more])
    { RedirectStandardOutput = true, RedirectStandardError = true })!;

    /// <summary>The run's metrics a step, without what measures the machine.</summary>
    public string[] Metrics(string run) =>
        [.. File.ReadLines(Path.Combine(PathOf(run), "metrics.jsonl")).Select(line => string.Join(' ', JsonDocument.Parse(line).RootElement.EnumerateObject()
            .Where(m => !m.Name.StartsWith("time/", StringComparison.Ordinal) && !m.Name.StartsWith("perf/", StringComparison.Ordinal))
            .Select(m => m.ToString())))];

    public void Dispose() => _folder.Dispose();
}
