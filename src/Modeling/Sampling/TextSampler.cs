using PairUni.Modeling.Images;
using PairUni.Modeling.Janus;
using PairUni.Modeling.Janus.Decoding;
using PairUni.Modeling.Janus.Llama;
using PairUni.Modeling.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Modeling.Sampling;

// R requests, G samples of each, B = R * G rows, V vocabulary, D width, M images

/// <summary>Draws answers about images, token by token for all samples together, until each has ended or is cut off.</summary>
public static class TextSampler
{
    /// <summary>Draws one group of answers about one image, or about none.</summary>
    public static TextSamples Sample(
        JanusPolicy policy, RgbImage? image, string question, ReadOnlySpan<ulong> seeds, TextSamplingOptions options) =>
        Sample(policy, [new TextRequest(image is null ? [] : [image], question, seeds.ToArray())], options)[0];

    /// <summary>Draws several groups of equal size at once.</summary>
    public static TextSamples[] Sample(JanusPolicy policy, IReadOnlyList<TextRequest> requests, TextSamplingOptions options)
    {
        int group = requests[0].Seeds.Length;
        if (group == 0 || requests.Any(request => request.Seeds.Length != group))
            throw new ArgumentException("All groups drawn at once must have the same number of seeds, at least one.", nameof(requests));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxNewTokens, 1);
        using IDisposable guard = inference_mode();
        using DisposeScope scope = NewDisposeScope();
        UnderstandingPrompt[] prompts = [.. requests.Select(request => policy.Prompts.Understanding(request.Question, request.Images.Count))];
        PromptKeyValues computed = Compute(policy, prompts, [.. requests.SelectMany(request => request.Images)]);
        TextDraws draws = Draw(policy, computed, [.. requests.SelectMany(request => request.Seeds)], group, options);
        return [.. requests.Select((_, r) => draws.Slice(r * group, group, policy.Tokenizer))];
    }

    /// <summary>The processed pixels of images, [M, 3, S, S].</summary>
    public static Tensor Pixels(JanusPolicy policy, IReadOnlyList<RgbImage> images)
    {
        int side = policy.Config.Vision.ImageSize;
        float[] values = new float[images.Count * 3 * side * side];
        for (int i = 0; i < images.Count; i++)
            policy.Processor.Pixels(images[i]).CopyTo(values, i * 3 * side * side);
        using Tensor flat = tensor(values, ScalarType.Float32, policy.Model.Device);
        return flat.view(images.Count, 3, side, side);
    }

    private static PromptKeyValues Compute(JanusPolicy policy, UnderstandingPrompt[] prompts, RgbImage[] images)
    {
        using DisposeScope scope = NewDisposeScope();
        JanusModel model = policy.Model;
        int[][] ids = [.. prompts.Select(prompt => prompt.Ids)];
        Tensor ids_RL = PromptBatch.Ids(ids, model.Device);
        Tensor embeds_RLD = images.Length == 0
            ? model.EmbedText(ids_RL)
            : model.EmbedPrompt(ids_RL, PromptBatch.Mask([.. prompts.Select(prompt => prompt.ImageMask)], model.Device), Pixels(policy, images));
        return model.language_model.model.Prompt(embeds_RLD, PromptBatch.Lengths(ids)).MoveToOuterDisposeScope();
    }

    private static TextDraws Draw(JanusPolicy policy, PromptKeyValues computed, ulong[] seeds, int group, TextSamplingOptions options)
    {
        JanusModel model = policy.Model;
        var draws = new TextDraws(seeds, policy.Tokenizer.EosId, model.Config.Language.VocabSize, options);
        using LlamaDecoder decoder = LlamaDecoder.Create(model.language_model.model, computed, group, options.MaxNewTokens);
        int sharing = group;
        Tensor hidden = computed.LastHidden_PD;
        for (int step = 0; ; step++)
        {
            using DisposeScope scope = NewDisposeScope();
            using (var logits = new HostLogits(model.language_model.lm_head.forward(hidden)))
                draws.Take(logits, step, sharing);
            if (draws.AllFinished || step == options.MaxNewTokens - 1)
                return draws;
            hidden = decoder.Step(model.EmbedText(tensor(draws.LastTokens(), ScalarType.Int64, model.Device)));
            sharing = 1;
        }
    }
}
