using System.Buffers.Binary;
using System.Text;
using PairUni.Modeling.Files;
using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Modeling.Tests.Files;

public class SafetensorsFileTests
{
    [Fact]
    public void WhatIsWritten_IsReadBack()
    {
        using DisposeScope scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "some.safetensors");
        Tensor floats = tensor(new[] { 1.5f, -2, 3, 4, 5, 6 }).view(2, 3);
        SafetensorsWriter.Write(path, [("a.weight", floats.t()), ("half", floats.to_type(ScalarType.BFloat16)), ("empty", zeros(0, 4)), ("scalar", tensor(7L))],
            new Dictionary<string, string> { ["step"] = "3" });

        using SafetensorsFile file = SafetensorsFile.Open(path);
        file.Names.ShouldBe(["a.weight", "half", "empty", "scalar"]);
        file.Header.Metadata["step"].ShouldBe("3");
        (file.Header.DataStart % 64).ShouldBe(0);
        file["a.weight"].Shape.ShouldBe([3, 2]);
        file.Read("a.weight").data<float>().ToArray().ShouldBe([1.5f, 4, -2, 5, 3, 6]);
        file.Read("half").dtype.ShouldBe(ScalarType.BFloat16);
        file.Read("half", ScalarType.Float32).data<float>().ToArray().ShouldBe([1.5f, -2, 3, 4, 5, 6]);
        file.Read("empty").shape.ShouldBe([0, 4]);
        file.Read("scalar").ToInt64().ShouldBe(7);
        Directory.GetFiles(folder.Path).Length.ShouldBe(1);
    }

    [Fact]
    public void EqualTensors_GiveEqualBytes_InTheOfficialLayout()
    {
        using DisposeScope scope = NewDisposeScope();
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, [("x", tensor(new[] { 1f, 2f }))], new Dictionary<string, string>());

        const string header = "{\"__metadata__\":{},\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";
        byte[] expected = [.. File(header.PadRight(64 + 64 - 8), [0, 0, 0x80, 0x3f, 0, 0, 0, 0x40])];
        stream.ToArray().ShouldBe(expected);
    }

    [Fact]
    public void AFailedWrite_LeavesThePreviousFile()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("kept", "old");
        Should.Throw<IOException>(() => AtomicFile.Write(path, stream =>
        {
            stream.WriteByte(1);
            throw new IOException("disk full");
        }));
        System.IO.File.ReadAllText(path).ShouldBe("old");
        Directory.GetFiles(folder.Path).ShouldBe([path]);
    }

    public static TheoryData<string, byte[], string> HostileFiles => new()
    {
        { "empty", [], "0 bytes long" },
        { "short", [1, 2, 3], "3 bytes long" },
        { "huge length", [.. Length(ulong.MaxValue), 1, 2], "header of 18446744073709551615 bytes" },
        { "length past the end", [.. Length(5000), (byte)'{'], "has only 1 left, so it is truncated" },
        { "no JSON", File("hello", []), "not valid JSON" },
        { "deep JSON", File(new string('[', 5000), []), "not valid JSON" },
        { "array", File("[]", []), "not a JSON object" },
        { "no shape", File("{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,4]}}", new byte[4]), "without dtype, shape and two data_offsets" },
                { "negative size", Entry("F32", "[-1]", 0, 4, 4), "not a whole number" },
        { "fraction", Entry("F32", "[1.5]", 0, 4, 4), "not a whole number" },
        { "overflow", Entry("F32", "[9223372036854775807,9223372036854775807,16]", 0, 4, 4), "impossible shape" },
        { "many dimensions", Entry("F32", $"[{string.Join(',', Enumerable.Repeat(1, 40))}]", 0, 4, 4), "40 dimensions" },
        { "wrong size", Entry("F32", "[3]", 0, 8, 8), "gives tensor \"a\" 8 bytes where shape [3] of F32 needs 12" },
        { "past the end", Entry("F32", "[2]", 0, 8, 4), "at bytes 0 to 8 of 4, so it is truncated" },
        { "backwards", Entry("F32", "[0]", 8, 4, 8), "at bytes 8 to 4" },
        { "gap", Entry("F32", "[1]", 4, 8, 8), "gap or an overlap before tensor \"a\" at byte 4 (expected 0)" },
        { "trailing bytes", Entry("F32", "[1]", 0, 4, 9), "9 bytes of data where its tensors fill 4" },
        { "twice", File("{\"a\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]},\"a\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}}", []), "lists tensor \"a\" twice" },
    };

    [Theory]
    [MemberData(nameof(HostileFiles))]
    public void ADamagedHeader_IsRefusedWithTheFilesName(string name, byte[] content, string expected)
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, $"{name}.safetensors");
        System.IO.File.WriteAllBytes(path, content);
        string message = Should.Throw<ModelFileException>(() => SafetensorsFile.Open(path)).Message;
        message.ShouldContain(path);
        message.ShouldContain(expected);
        message.ShouldEndWith("download or save the file again.");
    }

    [Fact]
    public void ATypeThatIsNotSupported_IsNamedWithTheTensor()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "some.safetensors");
        System.IO.File.WriteAllBytes(path, Entry("F8_E4M3", "[4]", 0, 4, 4));
        Should.Throw<ModelFileException>(() => SafetensorsFile.Open(path)).Message
            .ShouldBe($"{path}: tensor \"a\" is of type F8_E4M3, which is not supported; save it as F32, F16 or BF16.");
    }

    [Fact]
    public void AMissingFile_IsNamed() =>
        Should.Throw<ModelFileException>(() => SafetensorsFile.Open("/nowhere/model.safetensors")).Message.ShouldStartWith("/nowhere/model.safetensors does not exist");

    private static byte[] Entry(string dtype, string shape, long start, long end, int bytes) =>
        File($"{{\"a\":{{\"dtype\":\"{dtype}\",\"shape\":{shape},\"data_offsets\":[{start},{end}]}}}}", new byte[bytes]);

    private static byte[] File(string header, byte[] data) => [.. Length((ulong)header.Length), .. Encoding.UTF8.GetBytes(header), .. data];

    private static byte[] Length(ulong value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return bytes;
    }
}
