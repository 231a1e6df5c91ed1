using System.IO.Compression;
using PairUni.Modeling.Files;
using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Modeling.Tests.Files;

public sealed class TorchFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DisposeScope _scope = NewDisposeScope();

    private static readonly TorchArchive.View Row = new("w", "0", "FloatStorage", 6, 0, [6], [1]);

    [Fact]
    public void TensorsOfEveryType_AreReadAsTheyWereSaved()
    {
        Tensor numbers = tensor(new[] { 1.5f, -2, 3, 4, 5, 65504 }).view(2, 3);
        (string, Tensor)[] saved =
        [
            ("single", numbers), ("half", numbers.to_type(ScalarType.Float16)), ("brain", numbers.to_type(ScalarType.BFloat16)),
            ("long", tensor(new[] { long.MinValue, 7 })), ("int", tensor(new[] { -3, 4 })), ("scalar", tensor(2.5f)), ("empty", zeros(0, 4)),
        ];
        using WeightFile file = Open(TorchArchive.Of(saved));
        file.Names.ShouldBe(["single", "half", "brain", "long", "int", "scalar", "empty"]);
        foreach ((string name, Tensor expected) in saved)
        {
            file.Read(name).dtype.ShouldBe(expected.dtype, name);
            file.Read(name).Equals(expected).ShouldBeTrue(name);
        }
        file.Read("brain", ScalarType.Float32).data<float>().ToArray().ShouldBe([1.5f, -2, 3, 4, 5, 65536]);
    }

    [Fact]
    public void ViewsOfOneStorage_AreReadThroughOffsetAndStrides()
    {
        byte[] pickle = new PickleWriter().StateDict(
        [
            Row,
            Row with { Name = "transposed", Shape = [3, 2], Strides = [1, 3] },
            Row with { Name = "column", Offset = 1, Shape = [2], Strides = [3] },
            Row with { Name = "repeated", Offset = 4, Shape = [3], Strides = [0] },
        ]).Bytes();
        using WeightFile file = Open(TorchArchive.Of(pickle, ("0", Floats(0, 1, 2, 3, 4, 5))));
        file.Read("transposed").contiguous().data<float>().ToArray().ShouldBe([0, 3, 1, 4, 2, 5]);
        file.Read("transposed", ScalarType.Float64).contiguous().data<double>().ToArray().ShouldBe([0, 3, 1, 4, 2, 5]);
        file.Read("column").data<float>().ToArray().ShouldBe([1, 4]);
        file.Read("repeated").data<float>().ToArray().ShouldBe([4, 4, 4]);
    }

    [Fact]
    public void AStateDictAmongOtherEntries_IsFound()
    {
        byte[] archive = TorchArchive.Of([("w", tensor(new[] { 1f, 2 }))], (pickle, weights) =>
        {
            pickle.Op('}').Op('(').Text("epoch").Number(12).Text("name").Text("tiny").Text("loss").Op('G').Raw(new byte[8]).Text("state_dict");
            weights(pickle);
            pickle.Text("history").Op(']').Op('(').Number(1).Op('N').Raw(0x88).Op('e').Op('u');
        });
        using WeightFile file = Open(archive);
        file.Names.ShouldBe(["w"]);
        file.Read("w").data<float>().ToArray().ShouldBe([1, 2]);
    }

    [Fact]
    public void AnArchiveWithZip64Records_IsRead()
    {
        byte[] pickle = new PickleWriter().StateDict([Row]).Bytes();
        using WeightFile file = Open(TorchArchive.Zip([("a/data.pkl", pickle), ("a/data/0", Floats(0, 1, 2, 3, 4, 5))], wide: true));
        file.Read("w").data<float>().ToArray().ShouldBe([0, 1, 2, 3, 4, 5]);
    }

    [Fact]
    public void AForeignName_IsRefusedByName_AndNothingRuns()
    {
        string marker = Path.Combine(_folder.Path, "ran");
        byte[] old = new PickleWriter().Global("posix", "system").Op('(').Text($"touch {marker}").Op('t').Op('R').Bytes();
        byte[] stacked = new PickleWriter().Raw(0x8c, 8).Raw("builtins"u8.ToArray()).Raw(0x8c, 4).Raw("exec"u8.ToArray()).Raw(0x93).Bytes();
        Refusal(TorchArchive.Of(old)).ShouldEndWith("asks for posix.system while it is unpickled, which no weights need and could run code; get the weights from a source you trust, as safetensors.");
        Refusal(TorchArchive.Of(stacked)).ShouldContain("asks for builtins.exec while it is unpickled");
        File.Exists(marker).ShouldBeFalse();
    }

    [Theory]
    [InlineData('i', "opcode 0x69")]
    [InlineData('o', "opcode 0x6f")]
    [InlineData((char)0x81, "opcode 0x81")]
    [InlineData((char)0x82, "opcode 0x82")]
    [InlineData('P', "opcode 0x50")]
    public void OpcodesThatMakeObjects_AreRefused(char opcode, string expected) =>
        Refusal(TorchArchive.Of(new PickleWriter().Op('(').Op(opcode).Bytes())).ShouldContain(expected);

    [Theory]
    [InlineData(5, 0, 6, 1, "outside its storage of 5 elements")]
    [InlineData(6, -1, 6, 1, "outside its storage")]
    [InlineData(6, 1, 6, 1, "outside its storage")]
    [InlineData(6, 0, long.MaxValue, 1, "outside its storage")]
    [InlineData(6, 0, -1, 1, "impossible sizes")]
    [InlineData(6, 0, 1_000_000_000, 0, "repeats its data to shape [1000000000]")]
    [InlineData(7, 0, 7, 1, "holds 24 bytes of data/0 where 7 values of F32 need more")]
    public void ATensorThatDoesNotFitItsStorage_IsRefused(long elements, long offset, long size, long stride, string expected)
    {
        byte[] pickle = new PickleWriter().StateDict([Row with { Elements = elements, Offset = offset, Shape = [size], Strides = [stride] }]).Bytes();
        Refusal(TorchArchive.Of(pickle, ("0", Floats(0, 1, 2, 3, 4, 5)))).ShouldContain(expected);
    }

    [Fact]
    public void WhatCannotBeRead_IsNamed()
    {
        byte[] sound = TorchArchive.Of([("w", zeros(100))]);
        Refusal(sound[..^300]).ShouldContain("has no directory at its end, so it is truncated");
        Refusal(TorchArchive.Of(new PickleWriter().StateDict([Row]).Bytes())).ShouldContain("has no data of tensor \"w\" (data/0)");
        Refusal(TorchArchive.Of(new PickleWriter().StateDict([Row with { Storage = "QInt8Storage" }]).Bytes())).ShouldContain("type torch.QInt8Storage, which is not supported");
        Refusal(TorchArchive.Of(new PickleWriter().Number(3).Bytes())).ShouldContain("holds no dictionary of tensors");
        Refusal(TorchArchive.Zip([("readme.txt", [1])])).ShouldContain("with 0 files data.pkl");
        Refusal([0x80, 2, 0x8a, 10, 0x6c, 0xfc]).ShouldContain("a pickle without the zip archive");
        Refusal("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 4178\n"u8.ToArray()).ShouldContain("is a Git LFS pointer of 67 bytes, not the weights themselves");
        using var compressed = new MemoryStream();
        using (var zip = new ZipArchive(compressed, ZipArchiveMode.Create, leaveOpen: true))
        using (Stream entry = zip.CreateEntry("a/data.pkl", CompressionLevel.Optimal).Open())
            entry.Write(new byte[1000]);
        Refusal(compressed.ToArray()).ShouldContain("a/data.pkl is compressed");
    }

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    private static byte[] Floats(params float[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    private WeightFile Open(byte[] content)
    {
        string path = Path.Combine(_folder.Path, "some.pt");
        File.WriteAllBytes(path, content);
        return WeightFile.Open(path);
    }

    private string Refusal(byte[] content)
    {
        string message = Should.Throw<ModelFileException>(() => Open(content)).Message;
        message.ShouldStartWith(Path.Combine(_folder.Path, "some.pt"));
        return message;
    }
}
