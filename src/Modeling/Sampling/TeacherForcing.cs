using PairUni.Modeling.Janus;
using PairUni.Modeling.Janus.Llama;
using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Modeling.Sampling;

// P groups, G samples of each, B = P * G rows, N or T tokens of a sample, L prompt tokens, D width, V codes or vocabulary

/// <summary>
/// Log-probabilities of tokens already drawn, all positions in one pass. Each group's prompt is computed once and shared by
/// its samples; gradients flow through it. Training scores conditional logits; guided ones say what the sampler's law was.
/// </summary>
public static class TeacherForcing
{
    /// <summary>Scores groups of images, all of one size G.</summary>
    /// <param name="temperature">Divides the logits; above 0.</param>
    public static TokenLogProbs ImageLogProbs(JanusModel model, IReadOnlyList<ImageSequence> groups, double temperature = 1)
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor tokens_BN, Tensor mask_BN) = Rectangle(Rows(groups.Select(group => group.Tokens)), model);
        return Score(ImageLogits(model, groups), tokens_BN, mask_BN, temperature).MoveToOuterDisposeScope();
    }

    /// <summary>Scores groups of images under the guided law that drew them: logits = uncond + w * (cond - uncond).</summary>
    /// <param name="cfgWeight">The weight w; 1 gives the conditional law.</param>
    /// <param name="temperature">Divides the guided logits; above 0.</param>
    public static TokenLogProbs GuidedImageLogProbs(
        JanusPolicy policy, IReadOnlyList<ImageSequence> groups, double cfgWeight, double temperature = 1)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor conditional_BNV = ImageLogits(policy.Model, groups).to_type(ScalarType.Float32);
        Tensor unconditional_BNV = ImageLogits(policy.Model,
            [.. groups.Select(group => group with { PromptIds = policy.Prompts.Unconditional(group.PromptIds) })]).to_type(ScalarType.Float32);
        Tensor guided_BNV = unconditional_BNV + (conditional_BNV - unconditional_BNV) * cfgWeight;
        (Tensor tokens_BN, Tensor mask_BN) = Rectangle(Rows(groups.Select(group => group.Tokens)), policy.Model);
        return Score(guided_BNV, tokens_BN, mask_BN, temperature).MoveToOuterDisposeScope();
    }

    /// <summary>Logits over the codes at every position of groups of images, all of one size G: [B, N, V], row p * G + g being sample g of group p.</summary>
    public static Tensor ImageLogits(JanusModel model, IReadOnlyList<ImageSequence> groups)
    {
        using DisposeScope scope = NewDisposeScope();
        int[][] prompts = [.. groups.Select(group => group.PromptIds)];
        (Tensor tokens_BN, _) = Rectangle(Rows(groups.Select(group => group.Tokens)), model);
        Tensor embeds_PLD = model.EmbedText(PromptBatch.Ids(prompts, model.Device));
        Tensor hidden_BND = Hidden(model.language_model.model, embeds_PLD, prompts, tokens_BN, model.EmbedCodes);
        return model.gen_head.forward(hidden_BND).MoveToOuterDisposeScope();
    }

    /// <summary>Scores groups of answers, all of one size G; rows shorter than the longest are padded behind and masked.</summary>
    /// <param name="temperature">Divides the logits; above 0.</param>
    public static TokenLogProbs TextLogProbs(JanusModel model, IReadOnlyList<TextSequence> groups, double temperature = 1)
    {
        using DisposeScope scope = NewDisposeScope();
        int[][] prompts = [.. groups.Select(group => group.PromptIds)];
        int[][] rows = Rows(groups.Select(group => group.Tokens));
        Tensor ids_PL = PromptBatch.Ids(prompts, model.Device);
        Tensor[] pixels = [.. groups.Select(group => group.Pixels_MCHW).OfType<Tensor>()];
        Tensor embeds_PLD = pixels.Length == 0
            ? model.EmbedText(ids_PL)
            : model.EmbedPrompt(ids_PL, PromptBatch.Mask([.. groups.Select(group => group.ImageMask)], model.Device), cat(pixels));
        (Tensor tokens_BT, Tensor mask_BT) = Rectangle(rows, model);
        Tensor hidden_BTD = Hidden(model.language_model.model, embeds_PLD, prompts, tokens_BT, model.EmbedText);
        return Score(model.language_model.lm_head.forward(hidden_BTD), tokens_BT, mask_BT, temperature).MoveToOuterDisposeScope();
    }

    // The first token is predicted by the prompt's last position, every other one by the token before it.
    private static Tensor Hidden(LlamaModel body, Tensor embeds_PLD, int[][] prompts, Tensor tokens_BT, Func<Tensor, Tensor> embed)
    {
        PromptKeyValues computed = body.Prompt(embeds_PLD, PromptBatch.Lengths(prompts));
        (long rows, long tokens) = (tokens_BT.size(0), tokens_BT.size(1));
        Tensor first_PD = computed.LastHidden_PD;
        Tensor first_B1D = first_PD.unsqueeze(1).expand(prompts.Length, rows / prompts.Length, first_PD.size(1)).reshape(rows, 1, -1);
        if (tokens == 1)
            return first_B1D;
        Tensor rest_BTD = body.Continue(embed(tokens_BT.narrow(1, 0, tokens - 1)), computed);
        return cat([first_B1D, rest_BTD], 1);
    }

    private static TokenLogProbs Score(Tensor logits_BTV, Tensor tokens_BT, Tensor mask_BT, double temperature)
    {
        Tensor logp_BTV = temperature == 1
            ? logits_BTV.log_softmax(-1, ScalarType.Float32)
            : (logits_BTV.to_type(ScalarType.Float32) / temperature).log_softmax(-1);
        Tensor logp_BT = logp_BTV.gather(2, tokens_BT.unsqueeze(2)).squeeze(2);
        using IDisposable guard = no_grad();
        Tensor detached_BTV = logp_BTV.detach();
        Tensor entropy_BT = (detached_BTV.exp() * detached_BTV).sum(-1).neg();
        return new TokenLogProbs(logp_BT, mask_BT, entropy_BT);
    }

    private static int[][] Rows(IEnumerable<int[][]> groups)
    {
        int[][][] all = [.. groups];
        if (all.Any(group => group.Length != all[0].Length || group.Any(row => row.Length == 0)))
            throw new ArgumentException("Groups scored at once must have the same number of samples, and no sample may be empty.", nameof(groups));
        return [.. all.SelectMany(group => group)];
    }

    private static (Tensor Tokens_BT, Tensor Mask_BT) Rectangle(int[][] rows, JanusModel model)
    {
        int longest = rows.Max(row => row.Length);
        long[] tokens = new long[rows.Length * longest];
        float[] mask = new float[tokens.Length];
        for (int b = 0; b < rows.Length; b++)
        {
            for (int t = 0; t < rows[b].Length; t++)
                (tokens[b * longest + t], mask[b * longest + t]) = (rows[b][t], 1);
        }
        return (tensor(tokens, ScalarType.Int64, model.Device).view(rows.Length, longest), tensor(mask, ScalarType.Float32, model.Device).view(rows.Length, longest));
    }
}
