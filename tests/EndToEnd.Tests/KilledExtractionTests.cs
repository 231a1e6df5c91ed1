using PairUni.Cli.Tests;
using PairUni.Modeling.Images;

namespace PairUni.EndToEnd.Tests;

/// <summary>data pair in processes that are killed while images go through the tower.</summary>
public sealed class KilledExtractionTests : IDisposable
{
    private const int Images = 600;
    private const int Width = 16;
    private const int Record = 32 + (Width * sizeof(float)) + 8;
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task FeaturesThatAreOnTheDisk_AreNeverComputedAgain_AndTheResultIsThatOfOneRun()
    {
        var model = TinyModel.Write(At("model"));
        await Pool("u", "understand", 1);
        await Pool("g", "generate", 2);
        string[] Pair(string name) =>
        [
            "data", "pair", "--understand", At("u"), "--generate", At("g"), "--out", At(name + ".jsonl"), "--keep-duplicates", "--features", "janus:" + model, "--centre", "--threshold", "0.1",
        ];
        await PairUniProcess.Run(0, Pair("straight"));
        long Length(string name) => new FileInfo(At(name + ".jsonl.features")) is { Exists: true } file ? file.Length : 0;
        var header = Length("straight") - (2 * Images * Record);

        for (var kill = 1; kill <= 3; kill++)
        {
            using var process = PairUniProcess.Start(Pair("killed"));
            await process.Until(() => Length("killed") >= header + (kill * Images * Record / 3));
            await process.Kill();
        }

        var there = (Length("killed") - header) / Record;
        there.ShouldBeInRange(Images, (2 * Images) - 1);
        var text = await PairUniProcess.Run(0, Pair("killed"));
        Computed(text).ShouldBe((2 * Images) - there);
        // One record an image: none was appended twice.
        Length("killed").ShouldBe(Length("straight"));
        (await File.ReadAllBytesAsync(At("killed.jsonl.features"))).ShouldBe(await File.ReadAllBytesAsync(At("straight.jsonl.features")));
        (await File.ReadAllBytesAsync(At("killed.jsonl"))).ShouldBe(await File.ReadAllBytesAsync(At("straight.jsonl")));
    }

    public void Dispose() => _folder.Dispose();

    private static long Computed(string text) =>
        text.Split('\n').Where(line => line.Contains(": features of ", StringComparison.Ordinal)).Sum(line => long.Parse(line.Split(": features of ")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture));

    private string At(string name) => Path.Combine(_folder.Path, name);

    private async Task Pool(string name, string task, int seed)
    {
        var (source, random) = (Directory.CreateDirectory(At("raw-" + name)).FullName, new Random(seed));
        var lines = new string[Images];
        for (var i = 0; i < Images; i++)
        {
            var pixels = new byte[8 * 8 * 3];
            random.NextBytes(pixels);
            new RgbImage(8, 8, pixels).Save(Path.Combine(source, $"{i}.png"));
            lines[i] = $$"""{"image": "{{i}}.png", "prompt": "picture {{i}}", "question": "Which?", "answer": "A"}""";
        }

        await File.WriteAllLinesAsync(Path.Combine(source, "all.jsonl"), lines);
        await PairUniProcess.Run(0, "data", "import", Path.Combine(source, "all.jsonl"), "--task", task, "--out", At(name));
    }
}
