using PairUni.Data.Shapes;
using PairUni.Modeling.Text;

namespace PairUni.Data.Tests.Shapes;

public class ShapeExamplesTests
{
    [Fact]
    public void AnExample_DependsOnSeedAndIndexAlone()
    {
        var (first, second) = (new ShapeExamples(9), new ShapeExamples(9));
        _ = first.At(0);
        var (example, again) = (first.At(17), second.At(17));
        example.Record.Prompt.ShouldBe(again.Record.Prompt);
        example.Image.Pixels.ShouldBe(again.Image.Pixels);
        example.Question.Text.ShouldBe(again.Question.Text);
        example.Scene.Objects.ShouldBe(again.Scene.Objects);
        new ShapeExamples(10).At(17).Image.Pixels.ShouldNotBe(example.Image.Pixels);
    }

    [Fact]
    public void Any_DrawsOneToFourObjects()
    {
        var examples = new ShapeExamples(2);
        var counts = Enumerable.Range(0, 100).Select(i => examples.Any(i).Scene.Objects.Count).ToArray();
        counts.Distinct().Order().ShouldBe([1, 2, 3, 4]);
        examples.Any(3).Image.Pixels.ShouldBe(new ShapeExamples(2).Any(3).Image.Pixels);
    }

    [Fact]
    public void Count_ShowsUnlikeObjects()
    {
        var examples = new ShapeExamples(2);
        for (var i = 0; i < 100; i++)
        {
            var (scene, _, question) = examples.Count(i);
            question.AnswerText.ShouldBe(ShapeNames.Number(scene.Objects.Count));
            if (scene.Objects.Count > 1)
                scene.Objects.Select(placed => placed.Shape).Distinct().Count().ShouldBeGreaterThan(1);
        }
    }

    [Fact]
    public void ATokenizerTrainedOnTheTexts_NeedsOneTokenAWord()
    {
        using var folder = new TemporaryFolder();
        var tokenizer = BpeTrainer.Train(new ShapeExamples(1).Texts(1000), 512, folder.Path);
        tokenizer.Encode("a photo of a red circle left of a blue square", addBos: false).Length.ShouldBeLessThanOrEqualTo(11);
        tokenizer.Encode(ChatTemplate.Understanding("What colour is the circle?")).Length.ShouldBeLessThanOrEqualTo(60);
    }

    [Fact]
    public void Examples_AreFromTrainingCombinationsOnly()
    {
        var training = GenEvalTag.All.SelectMany(ShapePrompts.Default.Training).Select(record => record.Prompt).ToHashSet();
        var examples = new ShapeExamples(1);
        for (var i = 0; i < 300; i++)
        {
            var example = examples.At(i);
            training.ShouldContain(example.Record.Prompt);
            ShapeJudge.Judge(example.Image, example.Record).Strict.ShouldBeTrue();
        }
    }
}
