using PairUni.Data.Import;

namespace PairUni.Data.Tests.Import;

public class CsvReaderTests
{
    [Fact]
    public void Fields_MayHoldCommasQuotesAndLineBreaks_InQuotes()
    {
        var rows = CsvReader.Rows("a,b,c\r\n\"x, y\",\"say \"\"hi\"\"\",\"two\nlines\"\n\n1,,\n,\"\",z", "f.csv").ToArray();
        rows.Select(row => row.Line).ShouldBe([1, 2, 5, 6]);
        rows[1].Fields.ShouldBe(["x, y", "say \"hi\"", "two\nlines"]);
        rows[2].Fields.ShouldBe(["1", "", ""]);
        rows[3].Fields.ShouldBe(["", "", "z"]);
    }

    [Theory]
    [InlineData("a\n\"open\nand on", "f.csv:2: a quoted field is not closed")]
    [InlineData("a\n\"x\"y", "f.csv:2: the quoted field goes on after its closing quote")]
    [InlineData("a\nx\"y", "f.csv:2: a quote stands inside a field")]
    public void BrokenQuotes_AreToldWithTheirLine(string text, string expected) =>
        Should.Throw<DataFileException>(() => CsvReader.Rows(text, "f.csv").Count()).Message.ShouldStartWith(expected);
}
