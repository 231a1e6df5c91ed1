using PairUni.Data.Shapes;

namespace PairUni.Data.Tests.Shapes;

public class ShapeQuestionsTests
{
    [Fact]
    public void AColourQuestion_ReadsAsAMultipleChoice()
    {
        var question = Ask("a red circle", 1);
        question.Kind.ShouldBe("colour");
        var lines = question.Text.Split('\n');
        lines[0].ShouldBe("What colour is the circle?");
        (question.Stem, question.AnswerText).ShouldBe(("What colour is the circle?", "red"));
        lines[1..5].Select(line => line[..3]).ShouldBe(["A. ", "B. ", "C. ", "D. "]);
        lines[5].ShouldBe("Answer with one of the options.");
        question.Options[question.Answer[0] - 'A'].ShouldBe("red");
    }

    [Theory]
    [InlineData("three stars", "count", "How many shapes are there?", "three")]
    [InlineData("a circle left of a square", "position", "Where is the circle relative to the square?", "left of")]
    [InlineData("a heart", "shape", "Which shape is in the image?", "heart")]
    public void TheAnswer_IsTheSceneTruth(string prompt, string kind, string text, string truth)
    {
        var question = Ask(prompt, 2);
        question.Kind.ShouldBe(kind);
        question.Text.ShouldStartWith(text);
        question.Options[question.Answer[0] - 'A'].ShouldBe(truth);
    }

    [Fact]
    public void ExactlyOneOption_IsRight()
    {
        for (ulong seed = 0; seed < 200; seed++)
        {
            var twoShapes = Ask("a circle and a star", seed);
            twoShapes.Options.Distinct().Count().ShouldBe(4);
            twoShapes.Options.Count(option => option is "circle" or "star").ShouldBe(1);
            var owner = Ask(Scenes.ColourPair("red", "circle", "blue", "square"), seed);
            owner.Options.Distinct().Count().ShouldBe(4);
            new[] { "colour", "owner" }.ShouldContain(owner.Kind);
        }
    }

    [Fact]
    public void LettersAreUsedEvenly()
    {
        var letters = Enumerable.Range(0, 2000).GroupBy(i => Ask("a red circle", (ulong)i).Answer).ToDictionary(group => group.Key, group => group.Count());
        letters.Keys.Order().ShouldBe(["A", "B", "C", "D"]);
        letters.Values.ShouldAllBe(count => Math.Abs(count - 500) < 80);
    }

    private static ShapeQuestion Ask(string prompt, ulong seed) => Ask(Scenes.Prompt(prompt), seed);

    private static ShapeQuestion Ask(GenEvalRecord record, ulong seed)
    {
        var random = new SeededRandom(seed);
        return ShapeQuestions.Ask(record, new ShapeSceneSampler().Sample(record, random), random);
    }
}
