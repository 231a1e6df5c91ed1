using PairUni.Data.Shapes;

namespace PairUni.Data.Tests.Shapes;

public class GenEvalRecordTests
{
    private const string Position =
        """{"tag":"position","include":[{"class":"square","count":1},{"class":"circle","count":1,"position":["left of",0]}],"exclude":[],"prompt":"a photo of a circle left of a square"}""";

    [Fact]
    public void Json_IsGenEvals()
    {
        Scenes.Prompt("a circle left of a square").ToJson().ShouldBe(Position);
        Scenes.Prompt("two stars").ToJson().ShouldBe(
            """{"tag":"counting","include":[{"class":"star","count":2}],"exclude":[{"class":"star","count":3}],"prompt":"a photo of two stars"}""");
        Scenes.Prompt("a red heart").ToJson().ShouldBe(
            """{"tag":"colors","include":[{"class":"heart","count":1,"color":"red"}],"exclude":[],"prompt":"a photo of a red heart"}""");
    }

    [Fact]
    public void Parse_ReadsWhatToJsonWrites()
    {
        GenEvalRecord.Parse(Position).ToJson().ShouldBe(Position);
        GenEvalRecord.Parse("""{"tag":"colors","include":[{"class":"dog","count":1,"color":"red"}],"prompt":"a photo of a red dog"}""").Exclude.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("{", "no GenEval record")]
    [InlineData("null", "needs a tag")]
    [InlineData("""{"tag":"colors","prompt":"x","include":[]}""", "needs a tag")]
    [InlineData("""{"tag":"colors","prompt":"x","include":[null]}""", "needs a tag")]
    [InlineData("""{"tag":"colors","prompt":"x"}""", "no GenEval record")]
    [InlineData("""{"tag":"colors","prompt":"x","include":[{"class":"circle","count":1,"position":["left of"]}]}""", "[relation, index]")]
    public void Parse_OfSomethingElse_SaysSo(string json, string expected)
    {
        var error = Should.Throw<DataFileException>(() => GenEvalRecord.Parse(json, "file:3"));
        error.Message.ShouldStartWith("file:3: ");
        error.Message.ShouldContain(expected);
    }

    [Theory]
    [InlineData("""{"tag":"shape","prompt":"x","include":[{"class":"circle","count":1}]}""", "the tag \"shape\"")]
    [InlineData("""{"tag":"colors","prompt":"x","include":[{"class":"dog","count":1}]}""", "the class \"dog\"")]
    [InlineData("""{"tag":"colors","prompt":"x","include":[{"class":"circle","count":0}]}""", "the count 0")]
    [InlineData("""{"tag":"colors","prompt":"x","include":[{"class":"circle","count":1,"color":"pink"}]}""", "the colour \"pink\"")]
    [InlineData("""{"tag":"position","prompt":"x","include":[{"class":"circle","count":1,"position":["left of",0]}]}""", "an earlier clause")]
    [InlineData("""{"tag":"position","prompt":"x","include":[{"class":"ring","count":1},{"class":"circle","count":1,"position":["near",0]}]}""", "must name a relation")]
    public void RequireShapes_NamesWhatTheWorldDoesNotKnow(string json, string expected) =>
        Should.Throw<DataFileException>(() => GenEvalRecord.Parse(json).RequireShapes("here")).Message.ShouldContain(expected);
}
