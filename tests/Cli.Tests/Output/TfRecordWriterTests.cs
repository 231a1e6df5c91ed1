using System.Text;
using PairUni.Cli.Output;

namespace PairUni.Cli.Tests.Output;

public sealed class TfRecordWriterTests
{
    [Theory]
    [InlineData("", 0u)]
    [InlineData("123456789", 0xE3069283u)]
    [InlineData("The quick brown fox jumps over the lazy dog", 0x22620404u)]
    public void Crc32C_MatchesTheKnownCheckValues(string text, uint crc) =>
        TfRecordWriter.Crc32C(Encoding.ASCII.GetBytes(text)).ShouldBe(crc);

    [Fact]
    public void Crc32C_OfThirtyTwoZeros_IsRfc3720s() => TfRecordWriter.Crc32C(new byte[32]).ShouldBe(0x8a9136aau);

    [Fact]
    public void Masked_RotatesRightBy15AndAddsTheConstant() => TfRecordWriter.Masked(0x00018000u).ShouldBe(3u + 0xa282ead8u);

    [Fact]
    public void AFrame_IsLengthCrcDataCrc()
    {
        var file = new MemoryStream();
        using (var writer = new TfRecordWriter(file))
            writer.Write("abc"u8);
        var bytes = file.ToArray();
        bytes.Length.ShouldBe(8 + 4 + 3 + 4);
        BitConverter.ToUInt64(bytes, 0).ShouldBe(3ul);
        BitConverter.ToUInt32(bytes, 8).ShouldBe(TfRecordWriter.Masked(TfRecordWriter.Crc32C(bytes.AsSpan(0, 8))));
        bytes[12..15].ShouldBe("abc"u8.ToArray());
        BitConverter.ToUInt32(bytes, 15).ShouldBe(TfRecordWriter.Masked(TfRecordWriter.Crc32C("abc"u8)));
    }
}
