using PairUni.Modeling.Images;
using PairUni.Modeling.Janus;
using PairUni.Modeling.Sampling;
using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Modeling.Tests.Janus;

public class GenerationTests
{
    private const string Prompt = "An astronaut riding a horse, 3 birds & \"soft light\"";

    [Fact]
    public void TheGreedyImage_IsTheOriginals()
    {
        using JanusPolicy policy = Reference.Policy();
        using Reference reference = Reference.Case("case4_greedy");

        policy.Prompts.Generation(Prompt).ShouldBe(reference.Ints("prompt_ids"));
        ImageSamples samples = ImageSampler.Sample(policy, Prompt, [1], new ImageSamplingOptions { Temperature = 0, CfgWeight = 5 });

        samples.Tokens[0].ShouldBe(reference.Ints("generated_tokens"));
        ShouldBeWithinOne(reference["image_uint8"], samples.Images);
    }

    [Fact]
    public void SampledImages_FollowTheOriginalsLawUnderTheSameUniforms()
    {
        using DisposeScope scope = NewDisposeScope();
        using JanusPolicy policy = Reference.Policy();
        using Reference reference = Reference.Case("case4_sampled");
        float[] uniforms = reference.Floats("uniforms");

        ImageSamples samples = ImageSampler.Sample(policy, [new ImageRequest(Prompt, [0, 1])],
            new ImageSamplingOptions { Temperature = 1, CfgWeight = 5 }, (seed, step) => uniforms[(int)seed * 16 + step])[0];

        samples.Tokens.SelectMany(row => row).ShouldBe(reference.Ints("generated_tokens"));
        Tensor tokens_GN1 = reference["generated_tokens"].unsqueeze(2);
        Compare(reference["logits_combined"].log_softmax(-1).gather(2, tokens_GN1), samples.LogpSampler, reference.Tolerance("logits_combined"));
        Compare(reference["logits_cond"].log_softmax(-1).gather(2, tokens_GN1), samples.LogpConditional, reference.Tolerance("logits_cond"));
        ShouldBeWithinOne(reference["image_uint8"], samples.Images);
    }

    [Fact]
    public void TheEmbeddingOfAToken_IsTheOriginals()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        using JanusPolicy policy = Reference.Policy();
        using Reference reference = Reference.Case("case4_greedy");

        Tensor first_1 = reference["generated_tokens"].narrow(1, 0, 1).flatten();
        reference.ShouldBeClose("next_embeds_step0", policy.Model.EmbedCodes(cat([first_1, first_1])));
    }

    private static void Compare(Tensor expected_GN1, float[][] found, double tolerance)
    {
        float[] expected = expected_GN1.data<float>().ToArray();
        float[] flat = [.. found.SelectMany(row => row)];
        for (int i = 0; i < expected.Length; i++)
            ((double)flat[i]).ShouldBe(expected[i], tolerance);
    }

    private static void ShouldBeWithinOne(Tensor expected_GHWC, RgbImage[] found)
    {
        byte[] expected = expected_GHWC.data<byte>().ToArray();
        byte[] flat = [.. found.SelectMany(image => image.Pixels)];
        flat.Length.ShouldBe(expected.Length);
        expected.Zip(flat, (a, b) => Math.Abs(a - b)).Max().ShouldBeLessThanOrEqualTo(1);
    }
}
