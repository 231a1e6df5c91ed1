using PairUni.Cli.Bench.Reference;
using PairUni.Modeling.Files;
using TorchSharp;

namespace PairUni.Cli.Tests.Bench.Reference;

public sealed class ReferenceSuiteTests : IDisposable
{
    private readonly ReferenceFolder _folder = new();

    [Fact]
    public void EverythingThatTheOriginalComputes_IsWithinItsTolerance_AndIntegersAreEqual()
    {
        var rows = ReferenceSuite.Run(_folder.Path, torch.CPU);
        rows.Where(row => !row.Passed).ShouldBeEmpty();
        rows.CountBy(row => row.Case).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {pair.Value}").ShouldBe(
        [
            "grpo/case9_asymmetric_clip 23", "grpo/case9_pair_weighted 24", "grpo/case9_pair_weighted_sqrt_no_kl 24", "grpo/case9_symmetric 23",
            "image_processor/case7 2",
            "janus_a 1", "janus_a/case1_vision 5", "janus_a/case2_llama 14", "janus_a/case3_padded_batch 12", "janus_a/case3_single_image 12",
            "janus_a/case3_two_images 12", "janus_a/case4_greedy 7", "janus_a/case4_sampled 8", "janus_a/case5_vq 6",
            "janus_a/case6_gradients 13", "janus_a/case6_logprob 7",
            "janus_b 1", "janus_b/case1_vision 5", "janus_b/case2_llama 13", "janus_b/case3_padded_batch 12", "janus_b/case3_single_image 12",
            "janus_b/case3_two_images 12", "janus_b/case4_greedy 9", "janus_b/case4_sampled 10", "janus_b/case5_vq 18",
            "janus_b/case6_gradients 13", "janus_b/case6_logprob 7",
            "tokenizer 5",
        ]);
    }

    // janus_b's weights are bfloat16 numbers, so storing them as such changes nothing where arithmetic is in float32.
    [Fact]
    public void WeightsStoredInBfloat16_ComputeWhatTheyComputeInFloat32()
    {
        var rows = ReferenceSuite.Run(_folder.Path, torch.CPU, torch.ScalarType.BFloat16).Where(row => row.Case.StartsWith("janus_b/", StringComparison.Ordinal)).ToArray();
        rows.Where(row => !row.Passed).ShouldBeEmpty();
        rows.Length.ShouldBe(98);
    }

    [Fact]
    public async Task AWeightThatIsOff_FailsWhatItReaches_AndTheExitCodeIsOne()
    {
        Shift("janus_a", "language_model.model.layers.1.mlp.down_proj.weight", 1e-3);
        var (code, output, error) = await CliTest.Run("bench", "reference", _folder.Path);
        (code, error).ShouldBe((1, ""));
        string[] failed = [.. output.Split('\n').Where(line => line.EndsWith("FAIL", StringComparison.Ordinal)).Select(line => line[..55].TrimEnd())];
        failed.ShouldContain(line => line.StartsWith("janus_a/case2_llama", StringComparison.Ordinal) && line.EndsWith("logits", StringComparison.Ordinal));
        failed.ShouldAllBe(line => line.StartsWith("janus_a/", StringComparison.Ordinal));
        failed.ShouldNotContain(line => line.Contains("case1_vision", StringComparison.Ordinal) || line.Contains("hidden_1", StringComparison.Ordinal));
        output.ShouldEndWith($"{failed.Length} failed\n");
    }

    [Fact]
    public void AModelThatCannotBeLoaded_IsAFailedRowWithTheReason_AndTheOthersAreStillCompared()
    {
        File.Delete(Path.Combine(_folder.Model("janus_a"), "model.safetensors"));
        var rows = ReferenceSuite.Run(_folder.Path, torch.CPU);
        var failed = rows.Single(row => !row.Passed);
        failed.Case.ShouldBe("janus_a");
        failed.Fault!.ShouldContain("model.safetensors");
        rows.Count(row => row.Case.StartsWith("janus_b/", StringComparison.Ordinal)).ShouldBe(111);
    }

    [Fact]
    public async Task AFolderWithoutCases_IsOneSentenceAndCode2()
    {
        var (code, _, error) = await CliTest.Run("bench", "reference", "nowhere");
        (code, error).ShouldBe((2, "pairuni: nowhere has no folder cases; give a folder that holds cases/, models/, tokenizer/ and images/\n"));
    }

    public void Dispose() => _folder.Dispose();

    private void Shift(string model, string name, double by)
    {
        using var scope = torch.NewDisposeScope();
        var path = Path.Combine(_folder.Model(model), "model.safetensors");
        (string Name, torch.Tensor Tensor)[] tensors;
        using (var file = SafetensorsFile.Open(path))
            tensors = [.. file.Names.Select(tensor => (tensor, file.Read(tensor)))];
        tensors.Single(tensor => tensor.Name == name).Tensor.add_(by);
        SafetensorsWriter.Write(path, tensors);
    }
}
