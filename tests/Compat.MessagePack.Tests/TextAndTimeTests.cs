using MessagePack;

namespace PairUni.Compat.MessagePack;

public class TextAndTimeTests
{
    [Theory]
    [InlineData(0, "a0")]
    [InlineData(31, "bf")]
    [InlineData(32, "d920")]
    [InlineData(255, "d9ff")]
    [InlineData(256, "da0100")]
    [InlineData(65535, "daffff")]
    [InlineData(65536, "db00010000")]
    public void A_string_takes_its_shortest_header(int length, string header)
    {
        var text = new string('a', length);
        var hex = Bytes.Of(text);
        hex[..header.Length].ShouldBe(header);
        hex.Length.ShouldBe(header.Length + (2 * length));
        Bytes.Read<string>(hex).ShouldBe(text);
    }

    [Theory]
    [InlineData("é", "a2c3a9")]
    [InlineData("漢字", "a6e6bca2e5ad97")]
    [InlineData("😀", "a4f09f9880")]
    public void A_string_is_utf8(string text, string hex)
    {
        Bytes.Of(text).ShouldBe(hex);
        Bytes.Read<string>(hex).ShouldBe(text);
    }

    [Fact]
    public void Eleven_wide_characters_take_a_long_header() => Bytes.Of(new string('漢', 11))[..4].ShouldBe("d921");

    [Theory]
    [InlineData("1970-01-01T00:00:00Z", "d6ff00000000")]
    [InlineData("2020-01-01T00:00:00Z", "d6ff5e0be100")]
    [InlineData("2020-01-01T00:00:00.5Z", "d7ff773594005e0be100")]
    [InlineData("1969-12-31T23:59:59Z", "c70cff00000000ffffffffffffffff")]
    [InlineData("2514-05-30T01:53:03Z", "d7ff00000003ffffffff")]
    [InlineData("2514-05-30T01:53:04Z", "c70cff000000000000000400000000")]
    public void A_date_is_the_timestamp_extension(string text, string hex)
    {
        var date = DateTime.Parse(text, null, System.Globalization.DateTimeStyles.RoundtripKind);
        Bytes.Of(date).ShouldBe(hex);
        Bytes.Read<DateTime>(hex).ShouldBe(date);
        Bytes.Read<DateTime>(hex).Kind.ShouldBe(DateTimeKind.Utc);
    }

    [Fact]
    public void Times_and_names_have_the_librarys_forms()
    {
        Bytes.Of(TimeSpan.FromTicks(300)).ShouldBe("cd012c");
        Bytes.Of(new DateTimeOffset(2020, 1, 1, 2, 0, 0, TimeSpan.FromHours(2))).ShouldBe("92d6ff5e0bfd2078");
        Bytes.Of(Guid.Empty).ShouldBe("d924" + Convert.ToHexStringLower("00000000-0000-0000-0000-000000000000"u8));
        Bytes.Of(1.5m).ShouldBe("a3312e35");
        Bytes.Of(new Uri("http://a/b")).ShouldBe("aa687474703a2f2f612f62");
        var id = Guid.Parse("f81d4fae-7dec-11d0-a765-00a0c91e6bf6");
        Bytes.Twice(id).ShouldBe(id);
        Bytes.Twice(DateTimeOffset.MaxValue).ShouldBe(DateTimeOffset.MaxValue);
        Bytes.Twice(DateTime.MinValue).ShouldBe(DateTime.MinValue);
        Bytes.Twice(decimal.MinValue).ShouldBe(decimal.MinValue);
    }
}
