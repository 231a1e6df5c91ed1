using Google.Protobuf;
using PairUni.Cli.Output;

namespace PairUni.Cli.Tests.Output;

public sealed class TensorBoardEventsTests
{
    [Fact]
    public void Events_DecodeToVersionStartScalarsAndImage()
    {
        using var folder = new TemporaryFolder();
        using (var events = TensorBoardEvents.Create(folder.Path, 3, TimeProvider.System))
        {
            events.Scalars(4, [new("reward/mean", 0.25), new("kl", -1)]);
            events.Image(4, "samples/generate", new byte[] { 1, 2, 3 }, 64, 32);
        }

        var records = Records(Directory.GetFiles(folder.Path).ShouldHaveSingleItem());
        records.Count.ShouldBe(4);
        Fields(records[0])[3].ToStringUtf8().ShouldBe("brain.Event:2");
        var start = Fields(records[1]);
        Varint(start[2]).ShouldBe(3);
        Varint(Fields(start[7])[1]).ShouldBe(1);

        var scalars = Fields(records[2]);
        Varint(scalars[2]).ShouldBe(4);
        var values = Repeated(scalars[5], 1).ConvertAll(Fields);
        values.ConvertAll(v => v[1].ToStringUtf8()).ShouldBe(["reward/mean", "kl"]);
        values.ConvertAll(v => BitConverter.ToSingle(v[2].Span)).ShouldBe([0.25f, -1f]);

        var image = Fields(Fields(Fields(records[3])[5])[1]);
        image[1].ToStringUtf8().ShouldBe("samples/generate");
        var picture = Fields(image[4]);
        (Varint(picture[1]), Varint(picture[2]), Varint(picture[3])).ShouldBe((32, 64, 3));
        picture[4].ToByteArray().ShouldBe([1, 2, 3]);
    }

    private static List<ByteString> Records(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var records = new List<ByteString>();
        for (var at = 0; at < bytes.Length;)
        {
            var length = (int)BitConverter.ToUInt64(bytes, at);
            BitConverter.ToUInt32(bytes, at + 12 + length).ShouldBe(TfRecordWriter.Masked(TfRecordWriter.Crc32C(bytes.AsSpan(at + 12, length))));
            records.Add(ByteString.CopyFrom(bytes, at + 12, length));
            at += 16 + length;
        }

        return records;
    }

    private static Dictionary<int, ByteString> Fields(ByteString message) =>
        Numbered(message).GroupBy(f => f.Field).ToDictionary(g => g.Key, g => g.First().Value);

    private static List<ByteString> Repeated(ByteString message, int field) =>
        Numbered(message).Where(f => f.Field == field).Select(f => f.Value).ToList();

    private static List<(int Field, ByteString Value)> Numbered(ByteString message)
    {
        var input = message.CreateCodedInput();
        var fields = new List<(int, ByteString)>();
        while (input.ReadTag() is var tag and not 0)
        {
            fields.Add((WireFormat.GetTagFieldNumber(tag), WireFormat.GetTagWireType(tag) switch
            {
                WireFormat.WireType.LengthDelimited => input.ReadBytes(),
                WireFormat.WireType.Varint => ByteString.CopyFrom(BitConverter.GetBytes(input.ReadInt64())),
                WireFormat.WireType.Fixed64 => ByteString.CopyFrom(BitConverter.GetBytes(input.ReadFixed64())),
                _ => ByteString.CopyFrom(BitConverter.GetBytes(input.ReadFixed32())),
            }));
        }

        return fields;
    }

    private static long Varint(ByteString bytes) => BitConverter.ToInt64(bytes.Span);
}
