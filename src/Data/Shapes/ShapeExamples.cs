using PairUni.Modeling.Images;

namespace PairUni.Data.Shapes;

/// <summary>
/// An endless supply of examples from training combinations for pretraining. Example i depends on the seed and i alone, so
/// any part can be drawn again, in any order, by any thread.
/// </summary>
/// <param name="seed">Seed of the supply.</param>
/// <param name="world">The world's numbers; the default world's when null.</param>
public sealed class ShapeExamples(ulong seed, ShapeWorld? world = null)
{
    private readonly ShapeWorld world = world ?? ShapeWorld.Default;
    private readonly ShapePrompts prompts = world is null ? ShapePrompts.Default : new ShapePrompts(world);
    private readonly ShapeSceneSampler scenes = new(world);

    /// <summary>A prompt and an image of it.</summary>
    public (GenEvalRecord Record, RgbImage Image) Drawing(long index)
    {
        var (record, scene, _) = Draw(0, index);
        return (record, ShapeRenderer.Render(scene, world));
    }

    /// <summary>An image and a question about it.</summary>
    public (RgbImage Image, ShapeQuestion Question) Question(long index)
    {
        var (record, scene, random) = Draw(1, index);
        return (ShapeRenderer.Render(scene, world), ShapeQuestions.Ask(record, scene, random));
    }

    private (GenEvalRecord Record, ShapeScene Scene, SeededRandom Random) Draw(ulong kind, long index)
    {
        var random = new SeededRandom(seed, kind, (ulong)index);
        var record = random.Pick(prompts.Training(random.Pick(GenEvalTag.All)));
        return (record, scenes.Sample(record, random), random);
    }
}
