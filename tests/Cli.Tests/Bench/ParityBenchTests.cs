using PairUni.Cli.Bench;
using PairUni.Modeling.Janus;
using TorchSharp;

namespace PairUni.Cli.Tests.Bench;

public sealed class ParityBenchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(torch.ScalarType.Float32)]
    [InlineData(torch.ScalarType.BFloat16)]
    [InlineData(torch.ScalarType.Float16)]
    public void CachedDecodingAndTeacherForcing_Agree_WhateverTypeStoresTheWeights(torch.ScalarType dtype)
    {
        var model = TinyModel.Write(Path.Combine(_folder.Path, "model"));
        using var policy = JanusPolicy.Load(model, dtype: dtype);
        ParityRow[] rows = [.. new ParityBench(policy, "some", TimeProvider.System).Run(3, 5)];
        rows.Select(row => (row.Law, row.Batch)).ShouldBe([("image, conditional", 3), ("image, guided", 3), ("text", 3)]);
        rows[0].Tokens.ShouldBe(15);
        rows[1].Tokens.ShouldBe(15);
        rows.ShouldAllBe(row => row.Tokens > 0 && row.Mean <= row.Max && row.Max < 2e-5);
    }

    [Fact]
    public async Task TheCommand_PrintsBothTypesAtBothBatches_AndJudgesEachType()
    {
        var model = TinyModel.Write(Path.Combine(_folder.Path, "model"));
        var (code, output, error) = await CliTest.Run("bench", "parity", "--model", model, "--tokens", "3");
        (code, error).ShouldBe((0, ""));
        var lines = output.Split('\n');
        lines[1..13].Select(line => (line[..9].Trim(), line[9..15].Trim())).Distinct()
            .ShouldBe([("float32", "1"), ("float32", "16"), ("bfloat16", "1"), ("bfloat16", "16")]);
        lines[13].ShouldStartWith("float32: mean |difference| at most");
        lines[14].ShouldEndWith("nats, within 0.005");
    }

    [Fact]
    public async Task ATypeThatIsNone_IsOneSentenceAndCode2()
    {
        var (code, _, error) = await CliTest.Run("bench", "parity", "--dtype", "float32,int8");
        (code, error).ShouldBe((2, "pairuni: --dtype is int8; it must be float32, bfloat16 or float16\n"));
    }

    public void Dispose() => _folder.Dispose();
}
