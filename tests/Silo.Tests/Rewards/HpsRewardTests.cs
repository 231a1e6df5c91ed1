using PairUni.Contracts;
using PairUni.Contracts.Options;
using PairUni.Modeling;
using PairUni.Modeling.Hps;
using PairUni.Modeling.Images;
using PairUni.Tests;

namespace PairUni.Silo.Tests;

public sealed class HpsRewardTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _model;

    public HpsRewardTests() => _model = TinyHps.Write(_folder["hps"]);

    [Theory]
    [InlineData("")]
    [InlineData("no_antialias")]
    public async Task AGroup_IsWorthWhatTheScorerSays(string mode)
    {
        RgbImage[] images = [.. Enumerable.Range(1, 3).Select(Gradient)];
        var options = Options(_model, mode);
        var models = RewardModels.Of(options);
        models.Select(model => model.Name).ShouldBe(["shapes", "answer", "hps"]);
        await using var reward = (HpsReward)models[2];
        RewardModels.Check(options);

        var values = await reward.Score(
            new()
            {
                Key = new("r", 1, 0, TaskKind.Generate),
                Mode = mode,
                Spec = Specs.With(prompt: "a red square"),
                Samples = [.. images.Select(Sample)],
            },
            default);

        using var scorer = HpsScorer.Load(_model, new() { Antialias = mode.Length == 0 });
        values.ShouldBe([.. scorer.Score(images, ["a red square"]).Select(row => row[0])], 1e-6);
        values.Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public void WithoutIt_NothingIsLoaded() =>
        RewardModels.Of(new()).Select(model => model.Name).ShouldBe(["shapes", "answer"]);

    [Fact]
    public void MissingFiles_AreNamedBeforeTheRun()
    {
        Should.Throw<ModelFileException>(() => RewardModels.Check(Options(_folder["nowhere"], ""))).Message.ShouldStartWith(_folder["nowhere"] + " does not exist; give HPS_v2.1_compressed.pt");
        File.Delete(Path.Combine(_model, "bpe_simple_vocab_16e6.txt"));
        Should.Throw<ModelFileException>(() => RewardModels.Check(Options(_model, ""))).Message.ShouldContain($"{_model} has no bpe_simple_vocab_16e6.txt.gz");
    }

    public void Dispose() => _folder.Dispose();

    private static RunOptions Options(string path, string mode) =>
        new() { Reward = new() { Generate = [new() { Name = "hps", Path = path, Mode = mode }] } };

    private static RgbImage Gradient(int step) => new(20, 30, [.. Enumerable.Range(0, 20 * 30 * 3).Select(i => (byte)(i * step))]);

    private static GroupSample Sample(RgbImage image) => new()
    {
        Tokens = [1],
        LogpSampler = [0],
        LogpConditional = [0],
        Finished = true,
        Text = "",
        Image = image.EncodePng(),
    };
}
