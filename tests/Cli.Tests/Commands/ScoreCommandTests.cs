using System.Text.Json;
using PairUni.Modeling.Hps;
using PairUni.Modeling.Images;
using PairUni.Tests;

namespace PairUni.Cli.Tests.Commands;

public sealed class ScoreCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _model;
    private readonly string[] _images;

    public ScoreCommandTests()
    {
        _model = TinyHps.Write(Path.Combine(_folder.Path, "hps"));
        _images = [.. new byte[] { 20, 200 }.Select(Save)];
    }

    [Fact]
    public async Task EveryImage_IsScoredWithEveryPrompt_AsTheScorerScoresThem()
    {
        var json = Path.Combine(_folder.Path, "scores.json");
        var (code, output, error) = await CliTest.Run(
            "score", "--reward", "hpsv2", "--checkpoint", _model, "--prompt", "red", "--prompt", "a square", "--json", json, _images[0], _images[1]);
        (code, error).ShouldBe((0, ""));

        using var scorer = HpsScorer.Load(_model, new());
        var expected = scorer.Score([.. _images.Select(RgbImage.Load)], ["red", "a square"]).SelectMany(row => row).ToArray();
        expected.Distinct().Count().ShouldBe(4);
        Scores(json).Select(s => s.Score).ShouldBe(expected);
        Scores(json).Select(s => (s.Image, s.Prompt)).ShouldBe([(_images[0], "red"), (_images[0], "a square"), (_images[1], "red"), (_images[1], "a square")]);
        foreach (var score in expected)
            output.ShouldContain(score.ToString("0.00000"));
    }

    [Fact]
    public async Task Pairs_AreScoredLineByLine_WithPathsRelativeToTheFile()
    {
        var pairs = Path.Combine(_folder.Path, "pairs.jsonl");
        File.WriteAllLines(pairs, [.. new[] { (0, "red"), (1, "a square"), (1, "red") }.Select(p => $"{{\"image\": \"{p.Item1}.png\", \"prompt\": \"{p.Item2}\"}}"), ""]);
        var json = Path.Combine(_folder.Path, "scores.json");
        (await CliTest.Run("score", "--model", _model, "--pairs", pairs, "--json", json, "--batch", "2", "--no-antialias")).Code.ShouldBe(0);

        using var scorer = HpsScorer.Load(_model, new() { Antialias = false });
        var matrix = scorer.Score([.. _images.Select(RgbImage.Load)], ["red", "a square"]);
        Scores(json).Select(s => s.Score).ShouldBe([matrix[0][0], matrix[1][1], matrix[1][0]]);
    }

    [Theory]
    [InlineData("--image IMAGE", "score needs images and --prompt, or --pairs")]
    [InlineData("--image none.png --prompt p", "none.png: there is no such image file")]
    [InlineData("--image IMAGE --prompt p --dtype int8", "--dtype is int8; it must be float32, float16 or bfloat16")]
    [InlineData("--image IMAGE --prompt p --device cuda:9", "--device is cuda:9, but there is no CUDA device here; use cpu")]
    [InlineData("--image IMAGE --prompt p --vocabulary none.gz", "none.gz does not exist; give the path of bpe_simple_vocab_16e6.txt.gz of CLIP or HPSv2")]
    [InlineData("--pairs IMAGE.jsonl --prompt p", "--pairs names images and prompts itself; leave out the images and --prompt, or --pairs")]
    public async Task BadInput_IsOneSentenceAndCode2(string line, string sentence)
    {
        var (code, _, error) = await CliTest.Run(["score", "--model", _model, .. line.Replace("IMAGE", _images[0]).Split(' ')]);
        error.ShouldBe($"pairuni: {sentence}\n");
        code.ShouldBe(2);
    }

    [Theory]
    [InlineData("{", "the line is broken JSON")]
    [InlineData("{\"image\": \"a.png\"}", "\"prompt\" is missing or no text")]
    [InlineData("[]", "\"image\" is missing or no text")]
    public async Task ABrokenLine_IsNamed(string line, string fault)
    {
        var pairs = Path.Combine(_folder.Path, "pairs.jsonl");
        File.WriteAllText(pairs, "{\"image\": \"0.png\", \"prompt\": \"x\"}\n" + line + "\n");
        var (code, _, error) = await CliTest.Run("score", "--model", _model, "--pairs", pairs);
        error.ShouldStartWith($"pairuni: {pairs}:2: {fault}");
        code.ShouldBe(2);
    }

    public void Dispose() => _folder.Dispose();

    private static (string Image, string Prompt, float Score)[] Scores(string json) =>
    [
        .. JsonDocument.Parse(File.ReadAllText(json)).RootElement.GetProperty("scores").EnumerateArray()
            .Select(s => (s.GetProperty("image").GetString()!, s.GetProperty("prompt").GetString()!, s.GetProperty("score").GetSingle())),
    ];

    // A gradient, so that resizing and patches matter.
    private string Save(byte start, int index)
    {
        var path = Path.Combine(_folder.Path, $"{index}.png");
        new RgbImage(24, 18, [.. Enumerable.Range(0, 24 * 18 * 3).Select(i => (byte)(start + (i * (index + 3) / 7)))]).Save(path);
        return path;
    }
}
