using PairUni.Modeling.Janus;
using PairUni.Modeling.Janus.Decoding;
using PairUni.Modeling.Janus.Llama;
using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Cli.Bench.Reference;

/// <summary>The language model: every hidden state, the cache, left padding, and one token at a time.</summary>
internal static class LlamaCase
{
    public static void Run(JanusPolicy policy, ReferenceCase reference)
    {
        var language = policy.Model.language_model;
        var embeds_BTD = policy.Model.EmbedText(reference["input_ids"]);
        var states = language.model.HiddenStates(embeds_BTD);
        for (var i = 0; i < states.Count; i++)
            reference.Compare($"hidden_{i}", states[i]);
        reference.Compare("logits", language.lm_head.forward(language.model.Forward(embeds_BTD)));

        var given_BTD = language.model.Forward(reference["inputs_embeds"]);
        reference.Compare("embeds_last_hidden", given_BTD);
        reference.Compare("embeds_logits", language.lm_head.forward(given_BTD));

        var (batch, length) = ((int)embeds_BTD.size(0), (int)embeds_BTD.size(1));
        var cache = language.model.Prompt(embeds_BTD, [.. Enumerable.Repeat(length, batch)]).Layers[0];
        reference.Compare("cache_key_0", cache.Keys_PKLH);
        reference.Compare("cache_value_0", cache.Values_PKLH);

        Masked(policy, reference);
        OneByOne(language, embeds_BTD, reference);
    }

    private static void Masked(JanusPolicy policy, ReferenceCase reference)
    {
        var language = policy.Model.language_model;
        var mask_BT = reference["attention_mask"];
        var mask_BT1 = mask_BT.unsqueeze(-1);
        var embeds_BTD = policy.Model.EmbedText(reference["masked_input_ids"]);
        reference.Compare("masked_logits", language.lm_head.forward(language.model.Forward(embeds_BTD, mask_BT)), only: mask_BT1);
        var given = language.model.Forward(embeds_BTD, mask_BT, reference["position_ids"]);
        reference.Compare("masked_logits", language.lm_head.forward(given), "given positions", mask_BT1);
        var plain = arange(mask_BT.size(1), ScalarType.Int64, mask_BT.device).unsqueeze(0);
        var unaware = language.model.Forward(embeds_BTD, mask_BT, plain);
        reference.Compare("masked_logits_default_positions", language.lm_head.forward(unaware), only: mask_BT1);
    }

    // The first tokens in one pass, the others through each decoder's cache.
    private static void OneByOne(LlamaForCausalLM language, Tensor embeds_BTD, ReferenceCase reference)
    {
        var (batch, total) = ((int)embeds_BTD.size(0), (int)embeds_BTD.size(1));
        var first = (int)reference["incremental_prefill_length"].ToInt64();
        var prompt_BLD = embeds_BTD.narrow(1, 0, first);
        var prompts = language.model.Prompt(prompt_BLD, [.. Enumerable.Repeat(first, batch)]);
        foreach (var isUsual in new[] { true, false })
        {
            using var decoder = isUsual
                ? LlamaDecoder.Create(language.model, prompts, 1, total - first)
                : new TensorLlamaDecoder(language.model, prompts, 1, total - first);
            var logits = new List<Tensor> { language.lm_head.forward(language.model.Forward(prompt_BLD)) };
            for (var t = first; t < total; t++)
                logits.Add(language.lm_head.forward(decoder.Step(embeds_BTD.select(1, t))).unsqueeze(1));
            reference.Compare("incremental_logits", cat(logits, 1), isUsual ? null : "tensor operators");
        }
    }
}
