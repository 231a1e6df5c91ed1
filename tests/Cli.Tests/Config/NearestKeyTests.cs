using PairUni.Cli.Config;

namespace PairUni.Cli.Tests.Config;

public sealed class NearestKeyTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("lr", "lr", 0)]
    [InlineData("lrr", "lr", 1)]
    [InlineData("gruop", "group", 1)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("abc", "", 3)]
    public void Distance_CountsEdits(string a, string b, int edits) => NearestKey.Distance(a, b).ShouldBe(edits);
}
