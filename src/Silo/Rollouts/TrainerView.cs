using PairUni.Contracts;
using PairUni.Modeling.Images;
using PairUni.Modeling.Janus;
using PairUni.Modeling.Sampling;
using static TorchSharp.torch;

namespace PairUni.Silo;

// G samples, T tokens of the longest

/// <summary>Log-probabilities of drawn tokens as the trainer computes them, taken while the worker still holds the version that drew them.</summary>
public static class TrainerView
{
    /// <summary>[G][T] of a group of images.</summary>
    public static float[][] OfImages(JanusPolicy policy, GroupSpec spec, int[][] tokens)
    {
        using var guard = inference_mode();
        using var scope = NewDisposeScope();
        var sequence = new ImageSequence(policy.Prompts.Generation(spec.Prompt), tokens);
        return Rows(TeacherForcing.ImageLogProbs(policy.Model, [sequence], spec.Temperature).Logp_BT, tokens);
    }

    /// <summary>[G][T] of a group of answers.</summary>
    public static float[][] OfAnswers(JanusPolicy policy, GroupSpec spec, RgbImage image, int[][] tokens)
    {
        using var guard = inference_mode();
        using var scope = NewDisposeScope();
        var prompt = policy.Prompts.Understanding(spec.Question, images: 1);
        var sequence = new TextSequence(prompt.Ids, prompt.ImageMask, TextSampler.Pixels(policy, [image]), tokens);
        return Rows(TeacherForcing.TextLogProbs(policy.Model, [sequence], spec.Temperature).Logp_BT, tokens);
    }

    private static float[][] Rows(Tensor logp_GT, int[][] tokens)
    {
        var values = logp_GT.to(float32).cpu().contiguous().data<float>().ToArray();
        var longest = values.Length / tokens.Length;
        return [.. tokens.Select((row, i) => values.AsSpan(i * longest, row.Length).ToArray())];
    }
}
