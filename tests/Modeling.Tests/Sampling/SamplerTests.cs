using PairUni.Modeling.Images;
using PairUni.Modeling.Janus;
using PairUni.Modeling.Sampling;
using PairUni.Modeling.Tests.Janus;
using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Modeling.Tests.Sampling;

public class SamplerTests
{
    private static readonly ulong[] Seeds = [11, 12, 13, 14];

    [Fact]
    public void TheSameSeeds_GiveTheSameImages_BitByBit()
    {
        using JanusPolicy policy = Reference.Policy();
        using JanusPolicy elsewhere = Reference.Policy();
        var options = new ImageSamplingOptions();
        ImageSamples first = ImageSampler.Sample(policy, "a red circle", Seeds, options);
        ImageSampler.Sample(policy, "something in between", [99, 98], options);
        ImageSamples second = ImageSampler.Sample(elsewhere, "a red circle", Seeds, options);

        second.Tokens.ShouldBe(first.Tokens);
        second.LogpSampler.ShouldBe(first.LogpSampler);
        second.LogpConditional.ShouldBe(first.LogpConditional);
        second.Images.Select(image => image.Pixels).ShouldBe(first.Images.Select(image => image.Pixels));
        first.Tokens.Select(row => string.Join(',', row)).Distinct().Count().ShouldBe(4);
    }

    [Fact]
    public void WithoutGuidance_TheSamplersLawIsTheConditionalOne()
    {
        using JanusPolicy policy = Reference.Policy();
        ImageSamples samples = ImageSampler.Sample(policy, "a red circle", Seeds, new ImageSamplingOptions { CfgWeight = 1, Decode = false });
        samples.LogpSampler.ShouldBe(samples.LogpConditional);
        samples.Images.ShouldBeEmpty();
    }

    [Fact]
    public void GroupsDrawnTogether_AreTheGroupsDrawnApart()
    {
        using JanusPolicy policy = Reference.Policy();
        var options = new ImageSamplingOptions { Decode = false };
        ImageSamples[] together = ImageSampler.Sample(policy, [new("a red circle", [1, 2]), new("a photo of three blue stars", [3, 4])], options);
        together[0].Tokens.ShouldBe(ImageSampler.Sample(policy, "a red circle", [1, 2], options).Tokens);
        together[1].Tokens.ShouldBe(ImageSampler.Sample(policy, "a photo of three blue stars", [3, 4], options).Tokens);
    }

    [Fact]
    public void AnswersDrawnTogether_AreTheAnswersDrawnApart()
    {
        using JanusPolicy policy = Reference.Policy();
        var options = new TextSamplingOptions { MaxNewTokens = 6 };
        RgbImage image = RgbImage.Load(Fixture.Image("c_64x64.png"));
        TextSamples[] together = TextSampler.Sample(policy, [new([image], "What?", [1, 2]), new([], "How many apples are there?", [3, 4])], options);
        together[0].Tokens.ShouldBe(TextSampler.Sample(policy, image, "What?", [1, 2], options).Tokens);
        together[1].Tokens.ShouldBe(TextSampler.Sample(policy, null, "How many apples are there?", [3, 4], options).Tokens);
    }

    [Fact]
    public void AnAnswer_EndsWithTheEndOfSentenceToken_AndNotBefore()
    {
        using JanusPolicy policy = Reference.Policy();
        using (no_grad())
        {
            // Every id becomes equally likely, so about one answer in ten ends within 40 tokens.
            using Tensor norm = policy.Model.language_model.model.norm.weight.detach();
            norm.zero_();
        }
        TextSamples samples = TextSampler.Sample(policy, null, "What?", [.. Enumerable.Range(0, 64).Select(i => (ulong)i)],
            new TextSamplingOptions { MaxNewTokens = 40 });
        int end = policy.Tokenizer.EosId;
        for (int g = 0; g < 64; g++)
        {
            samples.Tokens[g].Take(samples.Tokens[g].Length - 1).ShouldNotContain(end);
            (samples.Tokens[g][^1] == end).ShouldBe(samples.Finished[g]);
            samples.Tokens[g].Length.ShouldBe(samples.Finished[g] ? samples.Tokens[g].Length : 40);
            samples.Logp[g].ShouldAllBe(logp => Math.Abs(logp + MathF.Log(416)) < 1e-5f);
        }
        samples.Finished.ShouldContain(true);
        samples.Finished.ShouldContain(false);
    }

    [Fact]
    public void Sampling_LeavesNoTensorBehind()
    {
        using JanusPolicy policy = Reference.Policy();
        RgbImage image = RgbImage.Load(Fixture.Image("c_64x64.png"));
        void Once()
        {
            using DisposeScope scope = NewDisposeScope();
            ImageSampler.Sample(policy, "a red circle", Seeds, new ImageSamplingOptions());
            TextSampler.Sample(policy, image, "What?", Seeds, new TextSamplingOptions());
            TeacherForcing.ImageLogProbs(policy.Model, [new ImageSequence([1, 2, 3], [[1, 2], [3, 4]])]);
        }
        Once();
        DisposeScopeManager.Statistics.Reset();
        Once();
        DisposeScopeManager.Statistics.ThreadTotalLiveCount.ShouldBe(0);
    }
}
