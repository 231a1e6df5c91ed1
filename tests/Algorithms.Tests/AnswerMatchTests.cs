namespace PairUni.Algorithms.Tests;

public class AnswerMatchTests
{
    private const string Question = "What colour is the circle?\nA. red\nB. blue\nC. dark red\nD. black\nAnswer with the letter only.";

    private static readonly IReadOnlyDictionary<char, string> Options = AnswerOptions.Of(Question);

    [Theory]
    // plain
    [InlineData("B", "B", 1)]
    [InlineData("b", "B", 1)]
    [InlineData("B.", "B", 1)]
    [InlineData(" B \n", "B", 1)]
    [InlineData("B)", "B", 1)]
    [InlineData("B:", "B", 1)]
    [InlineData("(B)", "B", 1)]
    [InlineData("A", "B", 0)]
    [InlineData("", "B", 0)]
    [InlineData("...", "B", 0)]
    // tags
    [InlineData("<think>A or B? The circle is blue.</think><answer>B</answer>", "B", 1)]
    [InlineData("<think>surely B</think><answer>A</answer>", "B", 0)]
    [InlineData("<THINK>surely A</THINK>\nB", "B", 1)]
    [InlineData("<answer> b. </answer> A", "B", 1)]
    [InlineData("<answer>B", "B", 1)]
    [InlineData("<think>it must be B", "B", 0)]
    [InlineData("<answer>A</answer><answer>B</answer>", "B", 0)]
    [InlineData("<answer>Answer: B</answer>", "B", 1)]
    // leading words
    [InlineData("Answer: B", "B", 1)]
    [InlineData("answer B", "B", 1)]
    [InlineData("The answer is B.", "B", 1)]
    [InlineData("The correct answer is: (B)", "B", 1)]
    // two characters
    [InlineData("no", "N", 0)]
    [InlineData("BB", "B", 0)]
    [InlineData("AB", "B", 0)]
    [InlineData("B1", "B", 0)]
    // letter in a sentence
    [InlineData("I think that it is B", "B", 1)]
    [InlineData("I think the right option is B because the circle is blue", "B", 1)]
    [InlineData("Option B is right", "B", 1)]
    [InlineData("Option A is right", "A", 1)]
    [InlineData("B. blue", "B", 1)]
    [InlineData("b) blue", "B", 1)]
    [InlineData("It is A, not B. So the answer is B", "B", 1)]
    [InlineData("A is the right one", "A", 1)]
    [InlineData("Big circles are common", "B", 0)]
    // hedging is no answer
    [InlineData("A or B", "B", 0)]
    [InlineData("A B C D", "B", 0)]
    [InlineData("red blue dark red black", "B", 0)]
    // option text
    [InlineData("blue", "B", 1)]
    [InlineData("The circle is Blue.", "B", 1)]
    [InlineData("A blue circle", "B", 1)]
    [InlineData("A blue circle", "A", 0)]
    [InlineData("dark red", "C", 1)]
    [InlineData("dark red", "A", 0)]
    [InlineData("it is red", "A", 1)]
    [InlineData("bluebell", "B", 0)]
    [InlineData("red or blue", "B", 0)]
    public void Completion_IsScored(string completion, string answer, float score) =>
        AnswerMatch.Score(completion, answer, Options).ShouldBe(score);

    [Theory]
    [InlineData("the answer is B", "b", 1)]
    [InlineData("blue", "B", 0)]
    [InlineData("three  circles.", "Three circles", 1)]
    [InlineData("there are three circles", "three circles", 0)]
    [InlineData("\"red\"", "red", 1)]
    public void WithoutOptions_LettersAndFreeTextStillWork(string completion, string answer, float score) =>
        AnswerMatch.Score(completion, answer).ShouldBe(score);

    [Fact]
    public void Options_AreReadFromTheQuestion()
    {
        Options.Keys.ShouldBe(['A', 'B', 'C', 'D']);
        Options['C'].ShouldBe("dark red");
        AnswerOptions.Of("Which?\r\n(A) one\r\nB) two\r\nC: three\r\n").Values.ShouldBe(["one", "two", "three"]);
        AnswerOptions.Of("How many circles are there?").ShouldBeEmpty();
    }
}
