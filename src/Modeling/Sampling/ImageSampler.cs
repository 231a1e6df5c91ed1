using PairUni.Modeling.Images;
using PairUni.Modeling.Janus;
using PairUni.Modeling.Janus.Decoding;
using PairUni.Modeling.Janus.Llama;
using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Modeling.Sampling;

// R requests, G samples of each, N tokens of an image, V codes, D width; rows: all conditional samples, then their unconditional twins

/// <summary>
/// Draws images token by token with classifier-free guidance. Each prompt and its unconditional twin are computed once and
/// shared by the group; the same seeds give the same group wherever it is drawn.
/// </summary>
public static class ImageSampler
{
    /// <summary>Draws one group.</summary>
    public static ImageSamples Sample(JanusPolicy policy, string prompt, ReadOnlySpan<ulong> seeds, ImageSamplingOptions options) =>
        Sample(policy, [new ImageRequest(prompt, seeds.ToArray())], options)[0];

    /// <summary>Draws several groups of equal size at once.</summary>
    public static ImageSamples[] Sample(JanusPolicy policy, IReadOnlyList<ImageRequest> requests, ImageSamplingOptions options) =>
        Sample(policy, requests, options, SampleSeed.Uniform);

    /// <summary>Draws with given uniforms, a function of a sample's seed and the step.</summary>
    internal static ImageSamples[] Sample(
        JanusPolicy policy, IReadOnlyList<ImageRequest> requests, ImageSamplingOptions options, Func<ulong, int, double> uniform)
    {
        int group = requests[0].Seeds.Length;
        if (group == 0 || requests.Any(request => request.Seeds.Length != group))
            throw new ArgumentException("All groups drawn at once must have the same number of seeds, at least one.", nameof(requests));
        if (options.Decode && options.MaxTokens < policy.Config.ImageTokens)
            throw new ArgumentException("An image that stops early cannot be decoded; turn Decode off.", nameof(options));
        using IDisposable guard = inference_mode();
        using DisposeScope scope = NewDisposeScope();
        ulong[] seeds = [.. requests.SelectMany(request => request.Seeds)];
        var draws = new ImageDraws(seeds, policy.Config, options, uniform);
        Draw(policy.Model, Prompts(policy, requests, options), group, draws);
        RgbImage[] images = options.Decode ? Decode(policy, draws.Tokens) : [];
        return [.. requests.Select((_, r) => new ImageSamples
        {
            Tokens = draws.Tokens[(r * group)..((r + 1) * group)],
            LogpConditional = draws.LogpConditional[(r * group)..((r + 1) * group)],
            LogpSampler = draws.LogpSampler[(r * group)..((r + 1) * group)],
            Images = options.Decode ? images[(r * group)..((r + 1) * group)] : [],
        })];
    }

    /// <summary>Images of codes, [G][N] in raster order.</summary>
    public static RgbImage[] Decode(JanusPolicy policy, IReadOnlyList<int[]> tokens)
    {
        using IDisposable guard = inference_mode();
        using DisposeScope scope = NewDisposeScope();
        long[] flat = [.. tokens.SelectMany(row => row.Select(token => (long)token))];
        Tensor codes_GN = tensor(flat, ScalarType.Int64, policy.Model.Device).view(tokens.Count, -1);
        return ImageTensor.ToImages(policy.Model.gen_vision_model.Decode(codes_GN));
    }

    private static int[][] Prompts(JanusPolicy policy, IReadOnlyList<ImageRequest> requests, ImageSamplingOptions options)
    {
        int[][] conditional = [.. requests.Select(request => policy.Prompts.Generation(request.Prompt))];
        return options.CfgWeight == 1 ? conditional : [.. conditional, .. conditional.Select(policy.Prompts.Unconditional)];
    }

    private static void Draw(JanusModel model, int[][] prompts, int group, ImageDraws draws)
    {
        int count = draws.Length;
        using Tensor ids_PL = PromptBatch.Ids(prompts, model.Device);
        using Tensor embeds_PLD = model.EmbedText(ids_PL);
        PromptKeyValues computed = model.language_model.model.Prompt(embeds_PLD, PromptBatch.Lengths(prompts));
        using LlamaDecoder decoder = LlamaDecoder.Create(model.language_model.model, computed, group, count - 1);
        int sharing = group;
        Tensor hidden = computed.LastHidden_PD;
        for (int step = 0; ; step++)
        {
            using DisposeScope scope = NewDisposeScope();
            using (var logits = new HostLogits(model.gen_head.forward(hidden)))
                draws.Take(logits, step, sharing);
            if (step == count - 1)
                return;
            Tensor codes_G = tensor(draws.Column(step), ScalarType.Int64, model.Device);
            Tensor embeds_GD = model.EmbedCodes(codes_G);
            hidden = decoder.Step(prompts.Length * group == draws.Count ? embeds_GD : cat([embeds_GD, embeds_GD]));
            sharing = 1;
        }
    }
}
