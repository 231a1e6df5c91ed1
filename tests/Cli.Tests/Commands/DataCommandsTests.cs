using System.Globalization;
using System.Text.Json;
using PairUni.Data.PairUg;
using PairUni.Modeling.Images;
using PairUni.Tests;

namespace PairUni.Cli.Tests.Commands;

/// <summary>From raw single-task folders to pairs that were checked, with a tiny model as image tower.</summary>
public sealed class DataCommandsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task RawFolders_BecomePairsThatTheCheckFindsSound_ByteForByteTheSameAgain()
    {
        await Pools();
        var pair = Pair("--aligned", "0", "--threshold", "0.3");
        var (code, output, error) = await CliTest.Run(pair);
        code.ShouldBe(0, error);
        error.ShouldContain("features of 24 images computed, 0 from the cache");
        var count = PairUgFile.Read(At("pairs.jsonl")).Count;
        count.ShouldBeGreaterThan(8);
        output.ShouldContain($"{At("pairs.jsonl")}: {count} pairs, 0 aligned and {count} retrieved; sum of similarities ");
        var first = await File.ReadAllBytesAsync(At("pairs.jsonl"));
        (await CliTest.Run(pair)).Error.ShouldContain("features of 0 images computed, 24 from the cache");
        (await File.ReadAllBytesAsync(At("pairs.jsonl"))).ShouldBe(first);

        var record = PairUgFile.Read(At("pairs.jsonl"))[0];
        (record.Generate.Prompt[..9], record.Understand.Question[..6]).ShouldBe(("a picture", "Which,"));
        record.Understand.ImagePath.ShouldStartWith("understand/images/");
        (code, output, _) = await CliTest.Run("data", "check", At("pairs.jsonl"));
        code.ShouldBe(0);
        output.ShouldContain($"{count} sound pairs, 0 aligned and {count} retrieved, {2 * count} images, 0 problems");
    }

    [Fact]
    public async Task TheClipOfAnHpsCheckpoint_PairsToo_AndItsFeaturesAreNotThoseOfAnotherModel()
    {
        await Pools();
        var hps = "hps:" + TinyHps.Write(At("hps"));
        string[] pair = [.. Pair("--aligned", "0", "--threshold", "0.3").Select(word => word.StartsWith("janus:", StringComparison.Ordinal) ? hps : word)];
        var (code, output, error) = await CliTest.Run(pair);
        code.ShouldBe(0, error);
        error.ShouldContain("features of 24 images computed, 0 from the cache");
        output.ShouldContain(" pairs, 0 aligned and ");
        (await CliTest.Run("data", "check", At("pairs.jsonl"))).Code.ShouldBe(0);
        (await CliTest.Run(pair)).Error.ShouldContain("features of 0 images computed, 24 from the cache");
        await CliTest.Refuses(string.Join(' ', Pair("--aligned", "0")), $"pairuni: {At("pairs.jsonl.features")}: the features are those of another model (CLIP of {At("hps/model.safetensors")}) than SigLIP of ");
    }

    [Fact]
    public async Task LeaksAgainstHeldOutData_AreToldByLine()
    {
        await Pools();
        await CliTest.Run(Pair("--aligned", "0", "--threshold", "0.3"));
        var prompt = PairUgFile.Read(At("pairs.jsonl"))[4].Generate.Prompt;
        var heldOut = _folder.File("heldout.jsonl", $$"""{"prompt": "{{prompt.Replace("a picture", "A  picture", StringComparison.Ordinal)}}."}""");
        var (code, output, error) = await CliTest.Run("data", "check", At("pairs.jsonl"), "--held-out", heldOut);
        error.ShouldBe($"pairuni: {At("pairs.jsonl")}:5: the prompt \"{prompt}\" is held out.\n");
        output.ShouldContain("leaks against held-out data: 1");
        code.ShouldBe(2);
    }

    [Fact]
    public async Task ThePage_HoldsEveryPairAndNeedsNothingElse_AndABrowserShowsItSorted()
    {
        await Pools();
        await CliTest.Run(Pair("--aligned", "0", "--threshold", "0.3"));
        // PAIRUNI_KEEP_REPORT=FOLDER leaves the page there, to look at it.
        var page = Path.Combine(Environment.GetEnvironmentVariable("PAIRUNI_KEEP_REPORT") ?? _folder.Path, "pairs.html");
        (await CliTest.Run("data", "report", At("pairs.jsonl"), "--out", page)).Code.ShouldBe(0);
        var text = await File.ReadAllTextAsync(page);
        text.ShouldNotContain("http");
        var start = text.IndexOf("id=\"data\">", StringComparison.Ordinal) + 10;
        using var data = JsonDocument.Parse(text[start..text.IndexOf("</script>", start, StringComparison.Ordinal)]);
        var pairs = PairUgFile.Read(At("pairs.jsonl"));
        data.RootElement.GetArrayLength().ShouldBe(pairs.Count);

        Assert.SkipUnless(HeadlessBrowser.IsThere, "chromium is not installed");
        var shown = await HeadlessBrowser.Dom(page, "#sort=falling&text=which");
        shown.ShouldContain($"data-ready=\"{pairs.Count}\"");
        shown.ShouldContain($"{pairs.Count} pairs, page 1 of 1");
        var similarities = shown.Split("<b>").Skip(1).Select(rest => double.Parse(rest[..rest.IndexOf('<', StringComparison.Ordinal)], CultureInfo.InvariantCulture)).ToArray();
        similarities.Length.ShouldBe(pairs.Count);
        similarities.ShouldBeInOrder(SortDirection.Descending);
        (await HeadlessBrowser.Dom(page, "#text=" + Uri.EscapeDataString(pairs[0].Generate.Prompt) + "&kind=aligned")).ShouldContain("data-ready=\"0\"");
    }

    [Fact]
    public async Task WhatIsWrong_IsOneSentence()
    {
        await Pools();
        await CliTest.Refuses($"data import {At("raw")} --task generate --out {At("o")} --map picture=x", "pairuni: --map: a sample has no part \"picture\"; map ");
        await CliTest.Refuses($"data import {At("raw/list.parquet")} --task generate --out {At("o")}", $"pairuni: {At("raw/list.parquet")} does not show its format by its name; give --format");
        await CliTest.Refuses($"data import {At("raw/questions.csv")} --task understand --out {At("o")} --mapping {At("none.yaml")}", $"pairuni: --mapping {At("none.yaml")} cannot be read (Could not find file");
        await CliTest.Refuses($"data import {At("raw/questions.csv")} --task understand --out {At("raw/questions.csv")}", $"pairuni: {At("raw/questions.csv/images")}: the folder cannot be made (");
        await CliTest.Refuses(string.Join(' ', Pair()).Replace("--understand", "--x", StringComparison.Ordinal).Replace("--generate", "--understand", StringComparison.Ordinal).Replace("--x", "--generate", StringComparison.Ordinal),
            "pairuni: the sample \"00\" (");
        await CliTest.Refuses(string.Join(' ', Pair("--threshold", "0")), "pairuni: --threshold is 0; it must be a number above 0 and at most 1");
        await CliTest.Refuses(string.Join(' ', Pair("--balance")), "pairuni: --balance chooses among the pairs that there are; say how many with --retrieved");
        await CliTest.Refuses(string.Join(' ', Pair()).Replace(At("generate"), _folder.File("empty.jsonl", "\n"), StringComparison.Ordinal), $"pairuni: {At("empty.jsonl")}: the pool is empty; import samples with data import");
        await CliTest.Refuses(string.Join(' ', Pair()).Replace($"--out {At("pairs.jsonl")}", $"--out {At("other/pairs.jsonl")}", StringComparison.Ordinal), $"pairuni: {At("other/pairs.jsonl")}: the images of ");
    }

    public void Dispose() => _folder.Dispose();

    private string At(string name) => Path.Combine(_folder.Path, name);

    private string[] Pair(params string[] more) =>
    [
        "data", "pair", "--understand", At("understand"), "--generate", At("generate"), "--out", At("pairs.jsonl"), "--keep-duplicates",
        "--features", "janus:" + (Directory.Exists(At("model")) ? At("model") : TinyModel.Write(At("model"))), .. more,
    ];

    // A folder of pictures with captions, and a table of questions about others.
    private async Task Pools()
    {
        Directory.CreateDirectory(At("raw/pictures"));
        var table = "file,question,answer\n";
        for (var i = 0; i < 24; i++)
        {
            Striped(i, 3).Save(At($"raw/pictures/{i:00}.png"));
            _folder.File($"raw/pictures/{i:00}.txt", $"a picture of level {i}");
            Striped(i, 5).Save(At($"raw/q{i:00}.png"));
            table += $"q{i:00}.png,\"Which, then?\nA. one\nB. two\",A\n";
        }

        var questions = _folder.File("raw/questions.csv", table);
        (await CliTest.Run("data", "import", questions, "--task", "understand", "--out", At("understand"), "--map", "image=file")).ShouldBe((0, $"{At("understand/pool.jsonl")}: 24 samples, 24 images\n", ""));
        (await CliTest.Run("data", "import", At("raw/pictures"), "--task", "generate", "--out", At("generate"))).Code.ShouldBe(0);
    }

    private static RgbImage Striped(int level, int period) =>
        new(16, 16, [.. Enumerable.Range(0, 16 * 16 * 3).Select(i => (byte)(i / 3 % 16 / period % 2 == 0 ? 10 * level : 255 - (7 * level) - (i % 3)))]);
}
