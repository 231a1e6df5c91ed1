using PairUni.Data.Shapes;

namespace PairUni.Data.Tests.Shapes;

public class ShapeExamplesTests
{
    [Fact]
    public void AnExample_DependsOnSeedAndIndexAlone()
    {
        var (first, second) = (new ShapeExamples(9), new ShapeExamples(9));
        _ = first.Drawing(0);
        var (drawing, again) = (first.Drawing(17), second.Drawing(17));
        drawing.Record.Prompt.ShouldBe(again.Record.Prompt);
        drawing.Image.Pixels.ShouldBe(again.Image.Pixels);
        first.Question(5).Question.Text.ShouldBe(second.Question(5).Question.Text);
        new ShapeExamples(10).Drawing(17).Image.Pixels.ShouldNotBe(drawing.Image.Pixels);
    }

    [Fact]
    public void Examples_AreFromTrainingCombinationsOnly()
    {
        var training = GenEvalTag.All.SelectMany(ShapePrompts.Default.Training).Select(record => record.Prompt).ToHashSet();
        var examples = new ShapeExamples(1);
        for (var i = 0; i < 300; i++)
        {
            var (record, image) = examples.Drawing(i);
            training.ShouldContain(record.Prompt);
            ShapeJudge.Judge(image, record).Strict.ShouldBeTrue();
        }
    }
}
