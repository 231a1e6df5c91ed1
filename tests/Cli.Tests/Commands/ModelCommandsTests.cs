using PairUni.Modeling.Images;

namespace PairUni.Cli.Tests.Commands;

public sealed class ModelCommandsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Generate_WritesTheImagesItNames_AndTheSeedDecidesThem()
    {
        var model = TinyModel.Write(Path.Combine(_folder.Path, "model"));
        var first = await Generate(model, "one", 7);
        first.Select(p => Path.GetFileName(p)).ShouldBe(["a-red-circle-seed7-0.png", "a-red-circle-seed7-1.png"]);
        RgbImage.Load(first[0]).Width.ShouldBe(16);

        var again = await Generate(model, "two", 7);
        var other = await Generate(model, "three", 8);
        File.ReadAllBytes(again[1]).ShouldBe(File.ReadAllBytes(first[1]));
        File.ReadAllBytes(other[1]).ShouldNotBe(File.ReadAllBytes(first[1]));
        File.ReadAllBytes(first[0]).ShouldNotBe(File.ReadAllBytes(first[1]));
    }

    [Fact]
    public async Task Ask_PrintsOneAnswer_TheSameEachTime()
    {
        var model = TinyModel.Write(Path.Combine(_folder.Path, "model"));
        var image = Path.Combine(_folder.Path, "image.png");
        new RgbImage(20, 10, new byte[600]).Save(image);
        string[] line = ["ask", "--model", model, "--image", image, "--question", "What?\\nA. red", "--max-new-tokens", "4", "--temperature", "1", "--seed", "3"];
        var (code, answer, error) = await CliTest.Run(line);
        error.ShouldBeEmpty();
        code.ShouldBe(0);
        answer.ShouldEndWith("\n");
        (await CliTest.Run(line)).Out.ShouldBe(answer);
    }

    [Theory]
    [InlineData("generate --prompt x --model none", "pairuni: The model folder none does not exist; give the folder of a complete Janus model\n")]
    [InlineData("generate --prompt x -n 0", "pairuni: --count is 0; it must be a whole number from 1 to 1000000; see pairuni generate --help\n")]
    [InlineData("generate --prompt x --seed -1", "pairuni: --seed is -1; it must be a whole number from 0 up; see pairuni generate --help\n")]
    [InlineData("generate --prompt x --device tpu", "pairuni: --device is tpu; it must be cpu, cuda or cuda:N\n")]
    [InlineData("generate", "pairuni: option '--prompt' is required; see pairuni generate --help\n")]
    [InlineData("ask --image none.png --question q", "pairuni: none.png: ")]
    [InlineData("data check none.jsonl", "pairuni: none.jsonl: ")]
    public Task BadInput_IsOneSentenceAndCode2(string line, string begin) => CliTest.Refuses(line, begin);

    [Fact]
    public async Task DataShapes_MakesDataThatDataCheckFindsSound()
    {
        var folder = Path.Combine(_folder.Path, "shapes");
        string[] make = ["data", "shapes", "--out", folder, "--pairs", "12", "--held-out-prompts", "1", "--held-out-questions", "6"];
        var (code, output, error) = await CliTest.Run(make);
        (code, error).ShouldBe((0, ""));
        output.ShouldContain("12 pairs");
        output.ShouldContain("6 prompts, 6 questions");

        var file = Path.Combine(folder, "train.jsonl");
        (await CliTest.Run("data", "check", file)).Out.ShouldContain("12 sound pairs");
        (await CliTest.Run(make)).Error.ShouldContain("there is data already");

        File.AppendAllText(file, "{broken\n");
        var broken = await CliTest.Run("data", "check", file);
        broken.Code.ShouldBe(2);
        broken.Error.ShouldStartWith($"pairuni: {file}:13: ");
    }

    public void Dispose() => _folder.Dispose();

    private async Task<string[]> Generate(string model, string to, int seed)
    {
        var (code, output, error) = await CliTest.Run("generate", "--model", model, "--prompt", "A red circle!", "--out", Path.Combine(_folder.Path, to), "-n", "2", "--seed", $"{seed}");
        error.ShouldBeEmpty();
        code.ShouldBe(0);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
