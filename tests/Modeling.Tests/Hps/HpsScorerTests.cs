using PairUni.Modeling.Hps;
using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Modeling.Tests.Hps;

public class HpsScorerTests
{
    [Theory]
    [InlineData("hps_a", true)]
    [InlineData("hps_a", false)]
    [InlineData("hps_b", true)]
    [InlineData("hps_b", false)]
    public void ScoresFromImagesAndTexts_AreTheOriginals(string model, bool antialias)
    {
        using HpsReference reference = new(model);
        using HpsScorer scorer = reference.Scorer(antialias);
        var variant = antialias ? "antialias" : "no_antialias";

        var scores = scorer.Score(HpsReference.Images, HpsReference.Prompts);
        reference.ShouldBeClose($"{variant}/score_matrix", scores);
        reference.ShouldBeClose($"{variant}/official_score",
            [.. HpsReference.OfficialPrompts.Select(prompt => scores.Select(image => image[prompt]).ToArray())]);
        reference.ShouldBeClose($"{variant}/image_features", scorer.ImageFeatures(HpsReference.Images));
        reference.ShouldBeClose("text_features", scorer.PromptFeatures(HpsReference.Prompts));
    }

    [Fact]
    public void SmallBatches_AndForgottenPrompts_GiveTheSameScores()
    {
        using HpsReference reference = new("hps_a");
        using HpsScorer scorer = reference.Scorer(true, new() { ImageBatch = 3, PromptBatch = 2, KeptPrompts = 1 });
        reference.ShouldBeClose("antialias/score_matrix", scorer.Score(HpsReference.Images, HpsReference.Prompts));
        reference.ShouldBeClose("antialias/score_matrix", scorer.Score(HpsReference.Images, HpsReference.Prompts));
    }

    [Fact]
    public void KeptPrompts_ComeBackTheSame()
    {
        using HpsReference reference = new("hps_a");
        using HpsScorer scorer = reference.Scorer(true);
        var first = scorer.PromptFeatures(["a", "b", "a"]);
        first[2].ShouldBeSameAs(first[0]);
        scorer.PromptFeatures(["b"])[0].ShouldBeSameAs(first[1]);
    }

    [Fact]
    public void Pairs_AreTheMatrixDiagonal()
    {
        using HpsReference reference = new("hps_b");
        using HpsScorer scorer = reference.Scorer(true);
        var matrix = reference.Floats("antialias/score_matrix");
        scorer.ScorePairs(HpsReference.Images, HpsReference.Prompts[..4])
            .ShouldBe([matrix[0][0], matrix[1][1], matrix[2][2], matrix[3][3]], HpsReference.Tolerance("score_matrix"));
        Should.Throw<ArgumentException>(() => scorer.ScorePairs(HpsReference.Images, ["a"])).Message.ShouldStartWith("4 images do not pair with 1 prompts.");
    }

    [Fact]
    public void NoTensorOutlivesAScore()
    {
        using HpsReference reference = new("hps_a");
        using HpsScorer scorer = reference.Scorer(true);
        using DisposeScope scope = NewDisposeScope();
        scorer.Score(HpsReference.Images, HpsReference.Prompts);
        scope.DisposablesCount.ShouldBe(0);
    }
}
