using PairUni.Data.Shapes;
using PairUni.Modeling.Images;
using PairUni.Modeling.Janus;
using TorchSharp;

namespace PairUni.Cli.Pretraining;

/// <summary>How often the judge still sees what was asked for after a true image went through the image tokenizer: what no policy can beat.</summary>
internal static class TokenizerCeiling
{
    private const int Batch = 32;

    /// <summary>Encodes and decodes true images of held-out prompts. Runs on the device's thread.</summary>
    /// <returns>Share of them that pass, 0..1.</returns>
    public static double Measure(JanusPolicy policy, ulong seed, int promptsPerTag)
    {
        var records = new ShapePrompts(ShapeWorld.Default).HeldOut(seed, promptsPerTag);
        var scenes = new ShapeSceneSampler(ShapeWorld.Default);
        var passed = 0;
        foreach (var chunk in records.Index().Chunk(Batch))
        {
            using var guard = torch.no_grad();
            using var scope = torch.NewDisposeScope();
            var truths = chunk.Select(r => ShapeRenderer.Render(scenes.Sample(r.Item, new(seed, (ulong)r.Index)), ShapeWorld.Default)).ToArray();
            var (codes_BN, _) = policy.Model.gen_vision_model.Encode(ImageTensor.FromImages(truths));
            var seen = ImageTensor.ToImages(policy.Model.gen_vision_model.Decode(codes_BN));
            passed += seen.Zip(chunk).Count(s => ShapeJudge.Judge(s.First, s.Second.Item).Permissive);
        }

        return passed / (double)records.Count;
    }
}
