using PairUni.Modeling.Hps;
using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Modeling.Tests.Hps;

public class HpsModelTests
{
    [Theory]
    [InlineData("hps_a")]
    [InlineData("hps_b")]
    public void ImagesAndPrompts_HaveTheOriginalsFeatures(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        using HpsReference reference = new(name);
        using HpsModel model = reference.Model();
        foreach (var variant in new[] { "antialias", "no_antialias" })
        {
            Tensor features = model.EncodeImages(reference[$"{variant}/pixel_values"]);
            reference.ShouldBeClose($"{variant}/image_features_unnormalised", features);
            reference.ShouldBeClose($"{variant}/image_features", HpsModel.Normalise(features));
        }
        Tensor texts = model.EncodeTexts(reference.Rows());
        reference.ShouldBeClose("text_features_unnormalised", texts);
        reference.ShouldBeClose("text_features", HpsModel.Normalise(texts));
        using Tensor scale = model.logit_scale.exp();
        scale.ToSingle().ShouldBe(reference["logit_scale_exp"].ToSingle(), 1e-5);
    }

    [Theory]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.Float32)]
    public void NarrowWeights_ThatHoldTheValues_ComputeTheSame(ScalarType weights)
    {
        using DisposeScope scope = NewDisposeScope();
        using HpsReference reference = new("hps_a");
        using HpsModel model = reference.Model(weights);
        reference.ShouldBeClose("antialias/image_features_unnormalised", model.EncodeImages(reference["antialias/pixel_values"]));
        reference.ShouldBeClose("text_features_unnormalised", model.EncodeTexts(reference.Rows()));
    }

    [Fact]
    public void BFloat16_KeepsTheScores_ToTwoDigits()
    {
        using DisposeScope scope = NewDisposeScope();
        using HpsReference reference = new("hps_a");
        using HpsModel model = reference.Model(ScalarType.BFloat16, ScalarType.BFloat16);
        Tensor images = HpsModel.Normalise(model.EncodeImages(reference["antialias/pixel_values"]));
        Tensor texts = HpsModel.Normalise(model.EncodeTexts(reference.Rows()));
        (images.matmul(texts.t()) - reference["antialias/score_matrix"]).abs().max().ToDouble().ShouldBeInRange(1e-6, 0.03);
    }

    [Fact]
    public void APromptAlone_HasTheFeaturesThatItHasInABatch()
    {
        using DisposeScope scope = NewDisposeScope();
        using HpsReference reference = new("hps_b");
        using HpsModel model = reference.Model();
        int[][] rows = reference.Rows();
        Tensor together = model.EncodeTexts(rows);
        for (var i = 0; i < rows.Length; i++)
            (model.EncodeTexts([rows[i]])[0] - together[i]).abs().max().ToDouble().ShouldBeLessThan(HpsReference.Tolerance("text_features_unnormalised"));
    }

    [Fact]
    public void TheDefaultSizes_AreThoseOfHpsV21()
    {
        var config = new HpsConfig();
        (config.Vision.Patches, config.Vision.Width / config.Vision.Heads, config.Text.Width / config.Text.Heads).ShouldBe((256, 80, 64));
        long vision = (3 * 14 * 14 * 1280) + 1280 + (257 * 1280) + (1280 * 1024) + (4 * 1280) + (32 * Block(1280));
        long text = (49408 * 1024) + (77 * 1024) + (1024 * 1024) + (2 * 1024) + 1 + (24 * Block(1024));
        (vision + text).ShouldBe(986_109_441);

        static long Block(long width) => (4 * width) + (4 * width * (width + 1)) + (8 * width * width) + (5 * width);
    }
}
