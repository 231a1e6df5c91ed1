using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Nodes;
using PairUni.Cli.Tests;

namespace PairUni.EndToEnd.Tests;

/// <summary>A model folder that is not whole: one sentence that names the file, exit code 2.</summary>
[Collection("runs")]
public sealed class BadModelTests : IDisposable
{
    private const string Tensor = "language_model.lm_head.weight";
    private readonly TemporaryFolder _folder = new();
    private readonly string _model;

    public BadModelTests() => _model = TinyModel.Write(Path.Combine(_folder.Path, "model"));

    private string Weights => Path.Combine(_model, "model.safetensors");

    [Theory]
    [InlineData("config.json")]
    [InlineData("model.safetensors")]
    [InlineData("tokenizer.json")]
    [InlineData("preprocessor_config.json")]
    public async Task AMissingFile_IsNamed(string name)
    {
        File.Delete(Path.Combine(_model, name));
        (await Generate()).ShouldContain(name);
    }

    [Theory]
    [InlineData("missing", $"has no tensor {Tensor} (expected")]
    [InlineData("extra", "holds a tensor that the model does not have: other of shape [0]")]
    [InlineData("shape", $"gives another shape than config.json to {Tensor} ([")]
    public async Task AHeaderThatDoesNotFitTheModel_NamesTheTensor(string how, string expected)
    {
        var (header, data) = Read();
        if (how == "missing")
            header["other"] = Taken(header, Tensor);
        else if (how == "extra")
            header["other"] = new JsonObject { ["dtype"] = "F32", ["shape"] = new JsonArray(0), ["data_offsets"] = new JsonArray(data.Length, data.Length) };
        else
            header[Tensor]!["shape"] = new JsonArray([.. header[Tensor]!["shape"]!.AsArray().Reverse().Select(n => n!.DeepClone())]);
        Write(JsonSerializer.SerializeToUtf8Bytes(header), data);
        (await Generate()).ShouldContain(expected);
    }

    [Theory]
    [InlineData("truncated", "truncated")]
    [InlineData("length", "announces a header of 9223372036854775807 bytes")]
    [InlineData("json", "the safetensors header is not valid JSON")]
    [InlineData("offsets", $"gives tensor \"{Tensor}\" 4 bytes")]
    public async Task ADamagedOrHostileFile_IsNamed(string how, string expected)
    {
        var (header, data) = Read();
        header[Tensor]!["data_offsets"] = how == "offsets" ? new JsonArray(0, 4) : header[Tensor]!["data_offsets"]!.DeepClone();
        Write(how == "json" ? "{{{{"u8.ToArray() : JsonSerializer.SerializeToUtf8Bytes(header), how == "truncated" ? data[..^100] : data);
        if (how == "length")
        {
            using var file = new FileStream(Weights, FileMode.Open);
            file.Write(BitConverter.GetBytes(long.MaxValue));
        }

        var error = await Generate();
        error.ShouldContain(Weights);
        error.ShouldContain(expected);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<string> Generate()
    {
        var output = Path.Combine(_folder.Path, "out");
        var (code, _, error) = await CliTest.Run("generate", "--model", _model, "--prompt", "x", "-n", "1", "--out", output);
        error.ShouldStartWith("pairuni: ");
        error.Count(c => c == '\n').ShouldBe(1, error);
        code.ShouldBe(2);
        return error;
    }

    private (JsonObject Header, byte[] Data) Read()
    {
        var bytes = File.ReadAllBytes(Weights);
        var length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        return (JsonNode.Parse(bytes.AsSpan(8, length))!.AsObject(), bytes[(8 + length)..]);
    }

    private void Write(byte[] header, byte[] data) => File.WriteAllBytes(Weights, [.. BitConverter.GetBytes((long)header.Length), .. header, .. data]);

    private static JsonNode? Taken(JsonObject from, string name)
    {
        var node = from[name];
        from.Remove(name);
        return node;
    }
}
