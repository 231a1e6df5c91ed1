using PairUni.Modeling.Images;
using PairUni.Modeling.Text;

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

    /// <summary>Asks for the prompt of a picture; the answer is the record's prompt.</summary>
    public const string DescribeQuestion = "Describe the image.";

    private const ulong AnyKey = 0x616E79;
    private const ulong CaptionKey = 0x63617074;
    private const ulong CountKey = 0x636F756E74;

    // Of a hundred examples; what takes longer to learn comes more often.
    private static readonly string[] CaptionMix =
    [
        .. Enumerable.Repeat(GenEvalTag.SingleObject, 5),
        .. Enumerable.Repeat(GenEvalTag.TwoObject, 12),
        .. Enumerable.Repeat(GenEvalTag.Counting, 15),
        .. Enumerable.Repeat(GenEvalTag.Colors, 24),
        .. Enumerable.Repeat(GenEvalTag.Position, 20),
        .. Enumerable.Repeat(GenEvalTag.ColorAttribute, 24),
    ];

    /// <summary>A scene of one to four objects of any kind and its picture, for training the image tokenizer.</summary>
    public (ShapeScene Scene, RgbImage Image) Any(long index)
    {
        var random = new SeededRandom(seed, AnyKey, (ulong)index);
        var scene = scenes.Any(random.Between(1, 4), random);
        return (scene, ShapeRenderer.Render(scene, world));
    }

    /// <summary>A picture of unlike objects, one to four, and the question how many there are: what they are says nothing about their number.</summary>
    public (ShapeScene Scene, RgbImage Image, ShapeQuestion Question) Count(long index)
    {
        var random = new SeededRandom(seed, CountKey, (ulong)index);
        var objects = random.Between(1, 4);
        ShapeScene scene;
        do
            scene = scenes.Any(objects, random);
        while (objects > 1 && scene.Objects.Select(placed => placed.Shape).Distinct().Count() == 1);
        return (scene, ShapeRenderer.Render(scene, world), ShapeQuestions.Count(objects, random));
    }

    /// <summary>What the model is told and asked in <paramref name="count"/> examples, with all chat markup, to train a text tokenizer on.</summary>
    public IEnumerable<string> Texts(int count) =>
        Enumerable.Range(0, count).Select(i => At(i)).SelectMany(example => new[]
        {
            ChatTemplate.Generation(example.Record.Prompt),
            ChatTemplate.Understanding(example.Question.Text) + " " + example.Question.AnswerText,
            ChatTemplate.Understanding(DescribeQuestion) + " " + example.Record.Prompt,
        });

    /// <summary>Prompt, scene, picture and question of one example; the six tags are equally likely.</summary>
    public ShapeExample At(long index) => Draw(GenEvalTag.All, new SeededRandom(seed, (ulong)index));

    /// <summary>The same with a mix of tags for learning to draw.</summary>
    public ShapeExample Caption(long index) => Draw(CaptionMix, new SeededRandom(seed, CaptionKey, (ulong)index));

    private ShapeExample Draw(IReadOnlyList<string> tags, SeededRandom random)
    {
        var record = random.Pick(prompts.Training(random.Pick(tags)));
        var scene = scenes.Sample(record, random);
        return new ShapeExample(record, scene, ShapeRenderer.Render(scene, world), ShapeQuestions.Ask(record, scene, random));
    }
}
