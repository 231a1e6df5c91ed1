using PairUni.Modeling.Images;
using PairUni.Modeling.Janus;
using PairUni.Modeling.Sampling;
using PairUni.Modeling.Tests.Janus;
using PairUni.Modeling.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Modeling.Tests.Sampling;

public class TeacherForcingTests
{
    [Fact]
    public void ImageLogProbsAndEntropies_AreTheOriginals()
    {
        using DisposeScope scope = NewDisposeScope();
        using JanusPolicy policy = Reference.Policy();
        using Reference reference = Reference.Case("case6_logprob");

        TokenLogProbs found = TeacherForcing.ImageLogProbs(policy.Model, [new ImageSequence(reference.Ints("prompt_ids"), Rows(reference, "image_tokens", 3))]);
        reference.ShouldBeClose("image_logprob_cond", found.Logp_BT);
        reference.ShouldBeClose("image_entropy_cond", found.Entropy_BT);
        found.Entropy_BT.requires_grad.ShouldBeFalse();
    }

    [Fact]
    public void TextLogProbs_AreTheOriginals()
    {
        using DisposeScope scope = NewDisposeScope();
        using JanusPolicy policy = Reference.Policy();
        using Reference reference = Reference.Case("case6_logprob");
        using Reference question = Reference.Case("case3_single_image");
        bool[] mask = question["images_seq_mask"].data<bool>().ToArray();

        TokenLogProbs found = TeacherForcing.TextLogProbs(policy.Model, [new TextSequence(
            reference.Ints("text_prompt_ids"), mask, question["pixel_values"].select(0, 0), Rows(reference, "text_answer_tokens", 3))]);
        reference.ShouldBeClose("text_logprob", found.Logp_BT);
    }

    [Fact]
    public void Gradients_AreTheOriginals()
    {
        using DisposeScope scope = NewDisposeScope();
        using JanusPolicy policy = Reference.Policy();
        using Reference reference = Reference.Case("case6_gradients");

        TokenLogProbs found = TeacherForcing.ImageLogProbs(policy.Model, [new ImageSequence(reference.Ints("prompt_ids"), Rows(reference, "image_tokens", 3))]);
        Tensor loss = (reference["advantages"] * found.Logp_BT.mean([1])).mean().neg();
        reference.ShouldBeClose("loss", loss.reshape(1));
        loss.backward();
        string[] names = ["gen_head.vision_head.weight", "gen_head.output_mlp_projector.bias", "language_model.model.norm.weight",
            "language_model.model.layers.0.self_attn.q_proj.weight", "language_model.model.layers.0.input_layernorm.weight",
            "language_model.model.layers.1.mlp.down_proj.weight", "language_model.model.layers.1.self_attn.k_proj.weight",
            "gen_aligner.layers.0.weight", "gen_aligner.layers.2.bias", "gen_embed.weight", "language_model.model.embed_tokens.weight"];
        var parameters = policy.Model.named_parameters().ToDictionary(item => item.name, item => item.parameter);
        foreach (string name in names)
            reference.ShouldBeClose($"grad.{name}", parameters[name].grad!);
    }

    [Fact]
    public void SeveralImageGroupsAtOnce_WithPromptsOfDifferentLengths_GiveTheSamplersConditionalLogProbs()
    {
        using DisposeScope scope = NewDisposeScope();
        using JanusPolicy policy = Reference.Policy();
        var options = new ImageSamplingOptions { Temperature = 0.8, CfgWeight = 5, Decode = false };
        string[] prompts = ["a red circle", "a photo of three blue stars and a horse"];
        ImageSamples[] samples = [.. prompts.Select((prompt, p) => ImageSampler.Sample(policy, prompt, [10UL + (ulong)p, 20, 30], options))];

        TokenLogProbs found = TeacherForcing.ImageLogProbs(policy.Model,
            [.. prompts.Select((prompt, p) => new ImageSequence(policy.Prompts.Generation(prompt), samples[p].Tokens))], 0.8);
        ShouldAgree(found, [.. samples.SelectMany(group => group.LogpConditional)]);
    }

    [Fact]
    public void SeveralAnswerGroupsAtOnce_OfDifferentLengths_GiveTheSamplersLogProbs()
    {
        using DisposeScope scope = NewDisposeScope();
        using JanusPolicy policy = Reference.Policy();
        var options = new TextSamplingOptions { Temperature = 1.3, MaxNewTokens = 7 };
        (string Image, string Question)[] asked = [("a_91x37.png", "What?"), ("c_64x64.png", "How many apples are in the picture?")];
        RgbImage[] images = [.. asked.Select(item => RgbImage.Load(Fixture.Image(item.Image)))];
        TextSamples[] samples = [.. asked.Select((item, i) => TextSampler.Sample(policy, images[i], item.Question, [3, 4, 5, 6], options))];
        samples[0].Tokens[1] = samples[0].Tokens[1][..3];
        samples[0].Logp[1] = samples[0].Logp[1][..3];

        TokenLogProbs found = TeacherForcing.TextLogProbs(policy.Model, [.. asked.Select((item, i) =>
        {
            UnderstandingPrompt prompt = policy.Prompts.Understanding(item.Question);
            return new TextSequence(prompt.Ids, prompt.ImageMask, TextSampler.Pixels(policy, [images[i]]), samples[i].Tokens);
        })], 1.3);
        ShouldAgree(found, [.. samples.SelectMany(group => group.Logp)]);
    }

    [Fact]
    public void GroupsOfUnequalSize_AreRefused()
    {
        using JanusPolicy policy = Reference.Policy();
        Should.Throw<ArgumentException>(() => TeacherForcing.ImageLogProbs(policy.Model,
            [new ImageSequence([1, 2], [[1], [2]]), new ImageSequence([1, 2], [[1]])])).Message.ShouldContain("same number of samples");
    }

    private static void ShouldAgree(TokenLogProbs found, float[][] expected)
    {
        using DisposeScope scope = NewDisposeScope();
        int width = (int)found.Logp_BT.size(1);
        float[] logp = found.Logp_BT.detach().contiguous().data<float>().ToArray();
        float[] mask = found.Mask_BT.data<float>().ToArray();
        found.Logp_BT.size(0).ShouldBe(expected.Length);
        for (int b = 0; b < expected.Length; b++)
        {
            for (int t = 0; t < width; t++)
            {
                mask[b * width + t].ShouldBe(t < expected[b].Length ? 1 : 0);
                if (t < expected[b].Length)
                    logp[b * width + t].ShouldBe(expected[b][t], 1e-4f, $"row {b}, token {t}");
            }
        }
    }

    private static int[][] Rows(Reference reference, string tensor, int rows) => [.. reference.Ints(tensor).Chunk(reference.Ints(tensor).Length / rows)];
}
