using System.Text.Json;
using PairUni.Cli.Augment;

namespace PairUni.Cli.Tests.Augment;

public sealed class QuestionTemplatesTests
{
    private static readonly QuestionTemplates Templates = QuestionTemplates.Load(null);

    [Theory]
    [InlineData("a photo of a heart", "Which shape is in the image?", "heart")]
    [InlineData("a photo of an orange square", "What colour is the square?", "orange")]
    [InlineData("a photo of three crosses", "How many shapes are there?", "three")]
    [InlineData("a photo of a circle left of a square", "Where is the circle relative to the square?", "left of")]
    [InlineData("a photo of a red square and a blue star", "What colour is the square?", "red")]
    public void AQuestion_IsWhatTheCaptionAnswers_WithOptionsThatTheCaptionDoesNotName(string caption, string question, string answer)
    {
        using var json = JsonDocument.Parse(Templates.For(caption, 3)!);
        json.RootElement.GetProperty("question").GetString().ShouldBe(question);
        var options = json.RootElement.GetProperty("options").EnumerateObject().ToDictionary(option => option.Name, option => option.Value.GetString()!);
        options.Keys.ShouldBe(["A", "B", "C", "D"]);
        options[json.RootElement.GetProperty("answer").GetString()!].ShouldBe(answer);
        options.Values.Where(option => option != answer).ShouldAllBe(option => !caption.Contains(option));
    }

    [Theory]
    [InlineData("a dog on a sofa")]
    [InlineData("a photo of two shapes")]
    // Neither square has "the" colour.
    [InlineData("a photo of a red square and a blue square")]
    public void ACaptionThatNoTemplateFitsInOneWay_HasNoQuestion(string caption) => Templates.For(caption, 3).ShouldBeNull();
}
