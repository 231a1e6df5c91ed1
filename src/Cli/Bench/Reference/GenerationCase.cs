using System.Text.Json;
using PairUni.Modeling.Janus;
using PairUni.Modeling.Janus.Decoding;
using PairUni.Modeling.Sampling;
using static TorchSharp.torch;

namespace PairUni.Cli.Bench.Reference;

// G samples, N tokens of an image, V codes; rows: all conditional samples, then their unconditional twins

/// <summary>Image generation with guidance: prompts, tokens drawn greedily or from given uniforms, the logits they came from, and the images.</summary>
internal static class GenerationCase
{
    /// <param name="policy">The model.</param>
    /// <param name="reference">case4_greedy or case4_sampled.</param>
    /// <param name="settings">case4_generation.json.</param>
    public static void Run(JanusPolicy policy, ReferenceCase reference, JsonElement settings)
    {
        var prompt = settings.GetProperty("prompt").GetString()!;
        var weight = settings.GetProperty("cfg_weight").GetDouble();
        var temperature = reference.Has("uniforms") ? settings.GetProperty("temperature").GetDouble() : 0;
        var ids = policy.Prompts.Generation(prompt);
        var group = (int)reference["generated_tokens"].size(0);
        reference.CompareAll("prompt_ids", ids);
        reference.CompareAll("batch_tokens", Enumerable.Range(0, group).SelectMany(_ => ids.Concat(policy.Prompts.Unconditional(ids))));

        var uniforms = reference.Has("uniforms") ? reference.Numbers("uniforms").Chunk(policy.Config.ImageTokens).ToArray() : null;
        var drawn = ImageSampler.Sample(
            policy,
            [new ImageRequest(prompt, [.. Enumerable.Range(0, group).Select(g => (ulong)g)])],
            new() { Temperature = temperature, CfgWeight = weight },
            (seed, step) => uniforms is null ? 0 : uniforms[(int)seed][step])[0];
        reference.CompareAll("generated_tokens", drawn.Tokens.SelectMany(row => row));
        var bytes = tensor(drawn.Images.SelectMany(image => image.Pixels.Select(value => (int)value)).ToArray(), ScalarType.Int32);
        var side = policy.Config.GeneratedSize;
        reference.Compare("image_uint8", bytes.reshape(group, side, side, 3), tolerance: 1);

        var codes_GN = reference["generated_tokens"];
        reference.Compare("decoded", policy.Model.gen_vision_model.Decode(codes_GN));
        reference.Compare("next_embeds_step0", policy.Model.EmbedCodes(codes_GN.select(1, 0).repeat_interleave(2)));
        Logits(policy, reference, ids, weight, temperature);
    }

    private static void Logits(JanusPolicy policy, ReferenceCase reference, int[] ids, double weight, double temperature)
    {
        var model = policy.Model;
        var codes_GN = reference["generated_tokens"];
        var (group, count) = ((int)codes_GN.size(0), (int)codes_GN.size(1));
        int[][] both = [ids, policy.Prompts.Unconditional(ids)];
        var computed = model.language_model.model.Prompt(model.EmbedText(PromptBatch.Ids(both, model.Device)), PromptBatch.Lengths(both));
        using var decoder = LlamaDecoder.Create(model.language_model.model, computed, group, count - 1);
        var steps = new List<Tensor> { model.gen_head.forward(computed.LastHidden_PD).repeat_interleave(group, 0) };
        for (var step = 0; step < count - 1; step++)
        {
            var embeds_GD = model.EmbedCodes(codes_GN.select(1, step));
            steps.Add(model.gen_head.forward(decoder.Step(cat([embeds_GD, embeds_GD]))));
        }

        var logits_BNV = stack(steps, 1).to_type(ScalarType.Float32);
        var (conditional_GNV, unconditional_GNV) = (logits_BNV.narrow(0, 0, group), logits_BNV.narrow(0, group, group));
        var combined_GNV = unconditional_GNV + (conditional_GNV - unconditional_GNV) * weight;
        reference.Compare("logits_cond", conditional_GNV);
        reference.Compare("logits_uncond", unconditional_GNV);
        reference.Compare("logits_combined", combined_GNV);
        if (reference.Has("probs"))
            reference.Compare("probs", (combined_GNV / temperature).softmax(-1));
    }
}
