using PairUni.Modeling.Janus;
using PairUni.Modeling.Janus.Decoding;
using PairUni.Modeling.Janus.Llama;
using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Modeling.Tests.Janus;

public class LlamaModelTests
{
    [Fact]
    public void TheBody_ComputesTheOriginalsLogits()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        using JanusPolicy policy = Reference.Policy();
        using Reference reference = Reference.Case("case2_llama");
        LlamaForCausalLM language = policy.Model.language_model;

        Tensor embeds_BTD = policy.Model.EmbedText(reference["input_ids"]);
        reference.ShouldBeClose("hidden_0", embeds_BTD);
        Tensor hidden_BTD = language.model.Forward(embeds_BTD);
        reference.ShouldBeClose("hidden_2", hidden_BTD);
        reference.ShouldBeClose("logits", language.lm_head.forward(hidden_BTD));

        Tensor given_BTD = language.model.Forward(reference["inputs_embeds"]);
        reference.ShouldBeClose("embeds_last_hidden", given_BTD);
        reference.ShouldBeClose("embeds_logits", language.lm_head.forward(given_BTD));
    }

    [Fact]
    public void ThePromptsCache_HoldsTheOriginalsRotatedKeysAndValues()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        using JanusPolicy policy = Reference.Policy();
        using Reference reference = Reference.Case("case2_llama");

        PromptKeyValues prompts = policy.Model.language_model.model.Prompt(policy.Model.EmbedText(reference["input_ids"]), [19, 19]);
        reference.ShouldBeClose("cache_key_0", prompts.Layers[0].Keys_PKLH);
        reference.ShouldBeClose("cache_value_0", prompts.Layers[0].Values_PKLH);
    }

    [Fact]
    public void LeftPadding_LeavesTheOtherPositionsAsTheOriginalHasThem()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        using JanusPolicy policy = Reference.Policy();
        using Reference reference = Reference.Case("case2_llama");
        LlamaForCausalLM language = policy.Model.language_model;

        Tensor mask_BT = reference["attention_mask"];
        Tensor logits_BTV = language.lm_head.forward(language.model.Forward(policy.Model.EmbedText(reference["masked_input_ids"]), mask_BT));
        reference.ShouldBeClose("masked_logits", logits_BTV * mask_BT.unsqueeze(-1));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TokenByToken_TheLogitsAreTheOriginals(bool host)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        using JanusPolicy policy = Reference.Policy();
        using Reference reference = Reference.Case("case2_llama");
        LlamaForCausalLM language = policy.Model.language_model;
        Tensor ids_BT = reference["input_ids"];
        int length = (int)reference["incremental_prefill_length"].ToInt64();
        int total = (int)ids_BT.size(1);

        PromptKeyValues prompts = language.model.Prompt(policy.Model.EmbedText(ids_BT.narrow(1, 0, length)), [length, length]);
        using LlamaDecoder decoder = Decoder(host, language.model, prompts, 1, total - length);
        var logits = new List<Tensor> { language.lm_head.forward(prompts.LastHidden_PD) };
        for (int t = length; t < total; t++)
            logits.Add(language.lm_head.forward(decoder.Step(policy.Model.EmbedText(ids_BT.select(1, t)))));

        Tensor expected = reference["incremental_logits"].narrow(1, length - 1, total - length + 1);
        Reference.Distance(expected, stack(logits, 1)).ShouldBeLessThanOrEqualTo(reference.Tolerance("incremental_logits"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void DecodingGroupsAfterPaddedPrompts_EqualsOnePassOverEachWholeSequence(bool host)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        using JanusPolicy policy = Reference.Policy();
        LlamaModel body = policy.Model.language_model.model;
        int[] lengths = [7, 4, 6];
        Tensor embeds_PLD = randn(3, 7, 64, generator: new Generator(5));
        Tensor tokens_BTD = randn(6, 5, 64, generator: new Generator(6));

        PromptKeyValues prompts = body.Prompt(embeds_PLD, lengths);
        using LlamaDecoder decoder = Decoder(host, body, prompts, 2, 5);
        Tensor[] steps = [.. Enumerable.Range(0, 5).Select(t => decoder.Step(tokens_BTD.select(1, t)).clone())];
        Tensor stepped_BTD = stack(steps, 1);
        Tensor continued_BTD = body.Continue(tokens_BTD, prompts);
        for (int row = 0; row < 6; row++)
        {
            int length = lengths[row / 2];
            Tensor whole_1TD = cat([embeds_PLD.narrow(0, row / 2, 1).narrow(1, 7 - length, length), tokens_BTD.narrow(0, row, 1)], 1);
            Tensor expected_TD = body.Forward(whole_1TD).narrow(1, length, 5).squeeze(0);
            Reference.Distance(expected_TD, stepped_BTD.select(0, row)).ShouldBeLessThan(2e-5);
            Reference.Distance(expected_TD, continued_BTD.select(0, row)).ShouldBeLessThan(2e-5);
        }
    }

    [Fact]
    public void AFullCache_SaysSo()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        using JanusPolicy policy = Reference.Policy();
        LlamaModel body = policy.Model.language_model.model;
        using LlamaDecoder decoder = LlamaDecoder.Create(body, body.Prompt(zeros(1, 3, 64), [3]), 1, 1);

        decoder.Step(zeros(1, 64));
        Should.Throw<InvalidOperationException>(() => decoder.Step(zeros(1, 64))).Message.ShouldContain("room for 1 tokens");
    }

    private static LlamaDecoder Decoder(bool host, LlamaModel body, PromptKeyValues prompts, int group, int room) =>
        host ? new HostLlamaDecoder(body, prompts, group, room) : new TensorLlamaDecoder(body, prompts, group, room);
}
