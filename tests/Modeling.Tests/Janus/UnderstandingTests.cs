using PairUni.Modeling.Images;
using PairUni.Modeling.Janus;
using PairUni.Modeling.Janus.Decoding;
using PairUni.Modeling.Janus.Llama;
using PairUni.Modeling.Sampling;
using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Modeling.Tests.Janus;

public class UnderstandingTests
{
    private const string Question = "What is shown in this image?";

    [Fact]
    public void AnImageAndAQuestion_BecomeTheOriginalsEmbeddings()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        using JanusPolicy policy = Reference.Policy();
        using Reference reference = Reference.Case("case3_single_image");

        policy.Prompts.Understanding(Question).Ids.ShouldBe(reference.Ints("input_ids"));
        Tensor pixels = TextSampler.Pixels(policy, [RgbImage.Load(Fixture.Image("a_91x37.png"))]);
        reference.ShouldBeClose("pixel_values", pixels.unsqueeze(0));
        reference.ShouldBeClose("inputs_embeds", policy.Model.EmbedPrompt(reference["input_ids"], reference["images_seq_mask"], pixels));
    }

    [Fact]
    public void TheGreedyAnswer_IsTheOriginals()
    {
        using JanusPolicy policy = Reference.Policy();
        using Reference reference = Reference.Case("case3_single_image");

        TextSamples samples = TextSampler.Sample(policy, RgbImage.Load(Fixture.Image("a_91x37.png")), Question, [1, 2],
            new TextSamplingOptions { Temperature = 0, MaxNewTokens = 16 });

        samples.Tokens.Length.ShouldBe(2);
        samples.Tokens[0].ShouldBe(reference.Ints("greedy_tokens"));
        samples.Tokens[1].ShouldBe(samples.Tokens[0]);
        samples.Finished.ShouldBe([false, false]);
        using Tensor logp = reference["greedy_logits"].log_softmax(-1).gather(2, reference["greedy_tokens"].unsqueeze(2));
        float[] expected = logp.data<float>().ToArray();
        for (int i = 0; i < 16; i++)
            ((double)samples.Logp[0][i]).ShouldBe(expected[i], reference.Tolerance("greedy_logits"));
    }

    [Fact]
    public void ConversationsOfDifferentLengths_AreAnsweredTogetherAsTheOriginalAnswersThem()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        using JanusPolicy policy = Reference.Policy();
        using Reference reference = Reference.Case("case3_padded_batch");
        LlamaForCausalLM language = policy.Model.language_model;
        Tensor mask_BT = reference["attention_mask"];
        int[] lengths = [.. mask_BT.sum(1).data<long>().ToArray().Select(length => (int)length)];

        Tensor pixels_1CHW = reference["pixel_values"].select(0, 0);
        Tensor embeds_BTD = policy.Model.EmbedPrompt(reference["input_ids"], reference["images_seq_mask"], pixels_1CHW);
        reference.ShouldBeClose("inputs_embeds", embeds_BTD * mask_BT.unsqueeze(-1));
        PromptKeyValues prompts = language.model.Prompt(embeds_BTD, lengths);
        using LlamaDecoder decoder = LlamaDecoder.Create(language.model, prompts, 1, 16);
        var logits = new List<Tensor> { language.lm_head.forward(prompts.LastHidden_PD) };
        Tensor greedy_BT = reference["greedy_tokens"];
        for (int t = 0; t < 15; t++)
            logits.Add(language.lm_head.forward(decoder.Step(policy.Model.EmbedText(greedy_BT.select(1, t)))));
        reference.ShouldBeClose("greedy_logits", stack(logits, 1));
        stack(logits, 1).argmax(-1).Equals(greedy_BT).ShouldBeTrue();
    }
}
