using PairUni.Data;
using PairUni.Data.Shapes;
using PairUni.Modeling.Images;
using PairUni.Modeling.Janus.Vq;
using static TorchSharp.torch;

namespace PairUni.Learner.Pretraining;

/// <summary>
/// The share of true pictures of held-out prompts that the judge still accepts after encoding and decoding: no token generator can
/// score more than its tokenizer lets through.
/// </summary>
public static class VqCeiling
{
    private const int Batch = 60;

    /// <summary>Share by tag, GenEval's order.</summary>
    /// <param name="model">The tokenizer.</param>
    /// <param name="perTag">Pictures of each tag.</param>
    /// <param name="seed">Seed of prompts and scenes.</param>
    public static IReadOnlyList<(string Tag, double Permissive, double Strict)> Of(VqModel model, int perTag, ulong seed)
    {
        var scenes = new ShapeSceneSampler();
        var records = ShapePrompts.Default.HeldOut(seed, perTag);
        var verdicts = records
            .Select((record, i) => (record, Image: ShapeRenderer.Render(scenes.Sample(record, new SeededRandom(seed, (ulong)i)))))
            .Chunk(Batch)
            .SelectMany(chunk => Reconstruct(model, [.. chunk.Select(c => c.Image)])
                .Select((image, i) => (chunk[i].record.Tag, Verdict: ShapeJudge.Judge(image, chunk[i].record))));
        return [.. verdicts
            .GroupBy(v => v.Tag)
            .Select(g => (g.Key, g.Average(v => v.Verdict.Permissive ? 1.0 : 0), g.Average(v => v.Verdict.Strict ? 1.0 : 0)))];
    }

    /// <summary>Images after encoding and decoding.</summary>
    public static RgbImage[] Reconstruct(VqModel model, IReadOnlyList<RgbImage> images)
    {
        using var untracked = no_grad();
        using var scope = NewDisposeScope();
        return ImageTensor.ToImages(model.Decode(model.Encode(ImageTensor.FromImages(images)).indices_BN));
    }
}
