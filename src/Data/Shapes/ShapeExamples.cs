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

    /// <summary>Prompt, scene, picture and question of one example; the six tags are equally likely.</summary>
    public ShapeExample At(long index)
    {
        var random = new SeededRandom(seed, (ulong)index);
        var record = random.Pick(prompts.Training(random.Pick(GenEvalTag.All)));
        var scene = scenes.Sample(record, random);
        return new ShapeExample(record, scene, ShapeRenderer.Render(scene, world), ShapeQuestions.Ask(record, scene, random));
    }
}
