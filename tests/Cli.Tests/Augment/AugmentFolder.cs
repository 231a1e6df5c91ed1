using System.Text.Json;
using PairUni.Cli.Augment;
using PairUni.Cli.Bench.Augment;
using PairUni.Data.Augmentation;
using PairUni.Data.Import;
using PairUni.Data.Pools;
using PairUni.Modeling.Images;

namespace PairUni.Cli.Tests.Augment;

/// <summary>A pool of made-up samples, and what is made of it.</summary>
internal sealed class AugmentFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Writes the pool.</summary>
    /// <param name="count">Samples, each with an image of its own.</param>
    public AugmentFolder(int count, SampleTask task = SampleTask.Understand)
    {
        Task = task;
        Directory.CreateDirectory(At("raw"));
        var lines = "";
        for (var i = 0; i < count; i++)
        {
            RgbImage.Filled(8, 8, (byte)i, (byte)(255 - i), 7).Save(At($"raw/{i}.png"));
            lines += task == SampleTask.Understand ? $$"""{"id": "s{{i}}", "image": "{{i}}.png", "question": "How many {{i}}?", "answer": "{{i}}"}""" + "\n" : $$"""{"id": "s{{i}}", "image": "{{i}}.png", "prompt": "a photo of {{i}}"}""" + "\n";
        }

        PoolImport.Run(new() { Source = _folder.File("raw/pool.jsonl", lines), Format = SourceFormat.Jsonl, Task = task }, At("pool")).Samples.ShouldBe(count);
    }

    public SampleTask Task { get; }

    public string Pool => At("pool/pool.jsonl");

    public string Log => At("out/answers.jsonl");

    public string At(string name) => Path.Combine(_folder.Path, name);

    public AugmentOptions Options(int concurrency = 4) => new()
    {
        Pool = Pool,
        Folder = At("out"),
        Task = Task,
        Concurrency = concurrency,
        Timeout = TimeSpan.FromHours(1),
    };

    public IReadOnlyList<PoolSample> Completed() => PoolFile.Read(At("out/pool.jsonl"));

    public IReadOnlyList<RejectedSample> Rejected() => [.. File.ReadLines(At("out/rejected.jsonl")).Select(line => JsonSerializer.Deserialize<RejectedSample>(line)!)];

    public static OpenAiAnnotator Annotator(MisbehavingEndpoint endpoint, TimeProvider time, int maxTokens = 100) =>
        new(new() { BaseUrl = endpoint.Url, Model = "model-1", Key = "secret-key", MaxTokens = maxTokens }, time);

    public void Dispose() => _folder.Dispose();
}
