namespace PairUni.Contracts.Tests;

public class WorkerKeyTests
{
    [Fact]
    public void Parse_OfAWrittenKey_GivesItBack() => WorkerKey.Parse("silo-3/12").ShouldBe(new WorkerKey("silo-3", 12));

    [Fact]
    public void ToString_WritesSiloAndDevice() => new WorkerKey("local", 0).ToString().ShouldBe("local/0");

    [Theory]
    [InlineData("local")]
    [InlineData("/0")]
    [InlineData("local/-1")]
    [InlineData("local/0/1")]
    public void Parse_OfAnythingElse_SaysWhatIsExpected(string text) =>
        Should.Throw<FormatException>(() => WorkerKey.Parse(text)).Message.ShouldContain("expected silo/number");
}
