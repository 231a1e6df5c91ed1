using PairUni.Modeling.Files;
using PairUni.Tests;

namespace PairUni.Cli.Tests.Commands;

public sealed class ModelFolderCommandsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Make_WritesAModelThatCheckFindsSound_AndTheSeedDecidesIt()
    {
        var model = In("tiny");
        var (code, output, error) = await CliTest.Run("model", "make", "--preset", "tiny", "--random", "--seed", "3", "--out", model);
        (code, error, output).ShouldBe((0, "", $"made {model}; pairuni model describe {model} shows what it is\n"));
        var check = await CliTest.Run("model", "check", model);
        check.Error.ShouldBeEmpty();
        check.Code.ShouldBe(0);
        check.Out.ShouldContain("s  loaded in bfloat16\n");
        check.Out.ShouldContain("understanding: an image and a question to the first token");
        check.Out.ShouldContain("image codes: decoded to 32 x 32 pixels and encoded again");
        check.Out.ShouldEndWith($"{model} is sound\n");

        await CliTest.Run("model", "make", "--preset", "tiny", "--random", "--seed", "3", "--out", In("same"));
        await CliTest.Run("model", "make", "--preset", "tiny", "--random", "--seed", "4", "--out", In("other"));
        Weights(In("same")).SequenceEqual(Weights(model)).ShouldBeTrue();
        Weights(In("other")).SequenceEqual(Weights(model)).ShouldBeFalse();
        (await CliTest.Run("model", "make", "--preset", "tiny", "--random", "--out", model)).Error.ShouldBe($"pairuni: --out {model} is not empty; choose a new folder\n");
    }

    [Fact]
    public async Task Describe_AddsUpThePartsOfAModel()
    {
        var model = TinyModel.Write(In("model"));
        var (code, output, error) = await CliTest.Run("model", "describe", model);
        (code, error).ShouldBe((0, ""));
        using var file = SafetensorsFile.Open(Path.Combine(model, "model.safetensors"));
        output.ShouldContain($"{file.Names.Count} tensors of float32, named as the original's; they fit config.json");
        Number(output, "language_model").ShouldBe(file.Tensors.Where(t => t.Name.StartsWith("language_model.", StringComparison.Ordinal)).Sum(t => t.Elements));
        Number(output, "parameters").ShouldBe(file.Tensors.Sum(t => t.Elements) + Number(output, "attention pooling, unused"));

        File.Delete(Path.Combine(model, "model.safetensors"));
        (await CliTest.Run("model", "describe", model)).Out.ShouldContain("weights   none in this folder\n");
    }

    [Fact]
    public async Task Check_ScoresAnImageWithARewardModel_AndHoldsItsWeightsAgainstItsSizes()
    {
        var model = TinyHps.Write(In("hps"));
        var (code, output, error) = await CliTest.Run("model", "check", model, "--dtype", "float16");
        (code, error).ShouldBe((0, ""));
        output.ShouldContain("s  loaded in float16\n");
        output.ShouldContain("s  scoring: an image of one colour and a prompt, ");
        output.ShouldEndWith($"{model} is sound\n");

        var sizes = Path.Combine(model, "open_clip_config.json");
        File.WriteAllText(sizes, File.ReadAllText(sizes).Replace("\"embed_dim\": 8", "\"embed_dim\": 4"));
        (await CliTest.Run("model", "check", model)).Error.ShouldBe(
            $"pairuni: {model}/model.safetensors: tensor \"text_projection\" has shape [16, 8] where [16, 4] is expected; give weights that fit {sizes}, or the open_clip_config.json that belongs to them\n");
    }

    [Fact]
    public async Task BenchLoad_ComparesWithAPlainRead()
    {
        var (code, output, error) = await CliTest.Run("bench", "load", "--model", TinyModel.Write(In("model")), "--rounds", "1");
        (code, error).ShouldBe((0, ""));
        output.ShouldContain("as float32: 1 weight file of ");
        output.ShouldContain("\nratio     ");
        output.ShouldContain(" times the files\n");
    }

    [Theory]
    [InlineData("model describe none", "pairuni: none/config.json does not exist")]
    [InlineData("model check none", "pairuni: none/config.json does not exist")]
    [InlineData("model make --preset tiny --out none", "pairuni: model make only knows random weights; add --random")]
    [InlineData("model make --preset huge --random --out none", "pairuni: --preset is huge; it must be janus-pro-1b, janus-pro-7b, hps-vit-h-14 or tiny; see pairuni model make --help\n")]
    [InlineData("model check assets/janus-nano --dtype int8", "pairuni: --dtype is int8; it must be stored, float32, bfloat16 or float16; see pairuni model check --help\n")]
    [InlineData("model make --preset tiny --random", "pairuni: option '--out' is required")]
    public Task BadInput_IsOneSentenceAndCode2(string line, string begin) => CliTest.Refuses(line, begin);

    public void Dispose() => _folder.Dispose();

    private string In(string name) => Path.Combine(_folder.Path, name);

    private static byte[] Weights(string folder) => File.ReadAllBytes(Path.Combine(folder, "model.safetensors"));

    private static long Number(string output, string name) =>
        long.Parse(string.Concat(output.Split('\n').First(line => line.StartsWith(name + " ", StringComparison.Ordinal))[name.Length..].Where(char.IsDigit)));
}
