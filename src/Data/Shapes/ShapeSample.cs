using PairUni.Data.PairUg;
using PairUni.Modeling.Images;

namespace PairUni.Data.Shapes;

/// <summary>A prompt, an image of it and a question about the image: what either half of a pair is made from.</summary>
internal sealed record ShapeSample(GenEvalRecord Record, RgbImage Image, ShapeQuestion Question)
{
    internal static ShapeSample Draw(GenEvalRecord record, ShapeWorld world, SeededRandom random)
    {
        var scene = new ShapeSceneSampler(world).Sample(record, random);
        return new ShapeSample(record, ShapeRenderer.Render(scene, world), ShapeQuestions.Ask(record, scene, random));
    }

    internal PairSide AsGenerate(string imagePath) => Side(imagePath, Record.Tag) with { GenEval = Record };

    internal PairSide AsUnderstand(string imagePath) => Side(imagePath, Question.Kind);

    private PairSide Side(string imagePath, string tag) => new()
    {
        ImagePath = imagePath,
        Prompt = Record.Prompt,
        Question = Question.Text,
        Answer = Question.Answer,
        Tag = tag,
    };
}
