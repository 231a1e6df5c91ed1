namespace PairUni.Contracts.Tests;

public class GroupKeyTests
{
    [Theory]
    [InlineData("run/12/3/generate")]
    [InlineData("nano-1.2_x/1/0/understand")]
    public void Parse_OfAWrittenKey_GivesItBack(string text) => GroupKey.Parse(text).ToString().ShouldBe(text);

    [Fact]
    public void ToString_WritesRunStepPairTask() => new GroupKey("a", 7, 2, TaskKind.Understand).ToString().ShouldBe("a/7/2/understand");

    [Theory]
    [InlineData("")]
    [InlineData("run/12/3")]
    [InlineData("/12/3/generate")]
    [InlineData("run/-1/3/generate")]
    [InlineData("run/1/x/generate")]
    [InlineData("run/1/3/Generate")]
    [InlineData("run/1/3/paint")]
    [InlineData("a/b/1/3/generate")]
    public void Parse_OfAnythingElse_SaysWhatIsExpected(string text) =>
        Should.Throw<FormatException>(() => GroupKey.Parse(text)).Message.ShouldContain("expected run/step/pair/generate");

    [Fact]
    public void Keys_AreOrderedByStepThenPairThenTask()
    {
        GroupKey[] ordered =
        [
            new("r", 2, 10, TaskKind.Generate), new("r", 2, 10, TaskKind.Understand), new("r", 2, 11, TaskKind.Generate), new("r", 10, 0, TaskKind.Generate),
        ];
        ordered.Reverse().Order().ShouldBe(ordered);
    }
}
