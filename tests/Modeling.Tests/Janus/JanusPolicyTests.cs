using PairUni.Modeling.Files;
using PairUni.Modeling.Janus;
using PairUni.Modeling.Sampling;
using PairUni.Modeling.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Modeling.Tests.Janus;

public class JanusPolicyTests
{
    private const string Some = "language_model.model.layers.1.mlp.down_proj.weight";

    [Fact]
    public void ASavedPolicy_LoadsWithEqualWeights_AndDrawsTheSameImages()
    {
        using var folder = new TemporaryFolder();
        using JanusPolicy policy = Reference.Policy();
        policy.Save(folder.Path);
        Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order().ShouldBe(["config.json", "model.safetensors", "preprocessor_config.json",
            "processor_config.json", "special_tokens_map.json", "tokenizer.json", "tokenizer_config.json"]);

        using JanusPolicy again = JanusPolicy.Load(folder.Path);
        (again.Config with { Vq = policy.Config.Vq, TorchDtype = "bfloat16" }).ShouldBe(policy.Config);
        again.Config.Vq.Multipliers.ShouldBe(policy.Config.Vq.Multipliers);
        foreach (((string name, Tensor expected), (string found, Tensor values)) in policy.Weights().Zip(again.Weights()))
        {
            found.ShouldBe(name);
            values.Equals(expected).ShouldBeTrue(name);
        }
        ImageSampler.Sample(again, "a red circle", [1, 2], new()).Tokens.ShouldBe(ImageSampler.Sample(policy, "a red circle", [1, 2], new()).Tokens);
    }

    [Fact]
    public void ANewPolicy_DependsOnTheSeedAlone()
    {
        JanusConfig config = JanusConfig.Load(Fixture.Janus("model"));
        JanusTokenizer tokenizer = JanusTokenizer.Load(Fixture.Janus("model"));
        using JanusPolicy one = JanusPolicy.Create(config, tokenizer, 1);
        using JanusPolicy same = JanusPolicy.Create(config, tokenizer, 1);
        using JanusPolicy other = JanusPolicy.Create(config, tokenizer, 2);
        one.Model.gen_head.vision_head.weight.Equals(same.Model.gen_head.vision_head.weight).ShouldBeTrue();
        one.Model.gen_head.vision_head.weight.Equals(other.Model.gen_head.vision_head.weight).ShouldBeFalse();
        using Tensor embeds = one.Model.language_model.model.embed_tokens.weight.detach();
        embeds.std().ToDouble().ShouldBe(0.05, 0.001);
    }

    [Fact]
    public void ANewImageTokenizer_StartsNearCopyingPixelsUpAndAveragingThemDown()
    {
        JanusConfig config = JanusConfig.Load(Fixture.Janus("model"));
        using JanusPolicy policy = JanusPolicy.Create(config, JanusTokenizer.Load(Fixture.Janus("model")), 1);
        var weights = policy.Weights().ToDictionary(item => item.Name, item => item.Tensor);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        Tensor up = weights["gen_vision_model.decoder.conv_blocks.0.upsample.conv.weight"];
        up.select(3, 1).select(2, 1).diagonal().mean().ToDouble().ShouldBe(1, 0.02);
        up.std().ToDouble().ShouldBe(Math.Sqrt(0.09 / 288 + 1.0 / 288), 0.01);
        weights["gen_vision_model.encoder.conv_blocks.0.downsample.conv.weight"].permute(2, 3, 0, 1).diagonal(0, 2, 3).mean().ToDouble().ShouldBe(1.0 / 9, 0.01);
        weights["gen_vision_model.decoder.mid.0.conv1.weight"].std().ToDouble().ShouldBe(Math.Sqrt(2.0 / 288), 0.002);
        weights["gen_vision_model.decoder.mid.0.norm1.weight"].Equals(ones(32)).ShouldBeTrue();
        weights["gen_vision_model.decoder.mid.0.conv1.bias"].Equals(zeros(32)).ShouldBeTrue();
    }

    [Fact]
    public void WeightsChangedInPlace_AreSeenByGenerationAtOnce()
    {
        using DisposeScope scope = NewDisposeScope();
        using JanusPolicy policy = Reference.Policy();
        var attention = policy.Model.language_model.model.layers[0].self_attn;
        using (no_grad())
            attention.k_proj.weight.fill_(0.25);
        attention.Qkv.Weight.narrow(0, 64, 32).Equals(full(32, 64, 0.25f)).ShouldBeTrue();
        attention.Qkv.Weight.narrow(0, 0, 64).Equals(attention.q_proj.weight).ShouldBeTrue();
    }

    [Fact]
    public void ParametersCarryTheCheckpointsNames()
    {
        using JanusPolicy policy = Reference.Policy();
        using SafetensorsFile file = SafetensorsFile.Open(Fixture.Janus("model/model.safetensors"));
        policy.Weights().Select(item => item.Name).Order(StringComparer.Ordinal).ShouldBe(file.Names
            .Where(name => !name.Contains("attn_pool") && !name.EndsWith("codebook_used")).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("config.json", "config.json")]
    [InlineData("model.safetensors", "no model.safetensors")]
    [InlineData("tokenizer.json", "tokenizer.json")]
    [InlineData("preprocessor_config.json", "preprocessor_config.json")]
    public void AMissingFile_IsNamed(string missing, string expected)
    {
        using var folder = new TemporaryFolder();
        Copy(folder);
        File.Delete(Path.Combine(folder.Path, missing));
        string message = Should.Throw<ModelFileException>(() => JanusPolicy.Load(folder.Path)).Message;
        message.ShouldContain(folder.Path);
        message.ShouldContain(expected);
    }

    [Fact]
    public void AMissingFolder_IsNamed() =>
        Should.Throw<ModelFileException>(() => JanusPolicy.Load("/nowhere/janus")).Message.ShouldStartWith("The model folder /nowhere/janus does not exist");

    [Fact]
    public void AMissingTensor_IsNamedWithItsShape() =>
        Refusal(tensors => tensors.Remove(Some)).ShouldEndWith(
            $"model.safetensors has no tensor {Some} (expected with shape [64, 176]); give complete weights and the config.json that belongs to them.");

    [Fact]
    public void AnExtraTensor_IsNamedWithItsShape() =>
        Refusal(tensors => tensors["language_model.model.layers.2.mlp.down_proj.weight"] = zeros(2, 3)).ShouldContain(
            "model.safetensors holds a tensor that the model does not have: language_model.model.layers.2.mlp.down_proj.weight of shape [2, 3]; ");

    [Fact]
    public void SeveralFaults_AreToldTogether_WithTheirNumbers() =>
        Refusal(tensors =>
        {
            foreach (string name in tensors.Keys.Where(name => name.StartsWith("gen_head.", StringComparison.Ordinal)).ToArray())
                tensors.Remove(name);
            for (int i = 0; i < 7; i++)
                tensors[$"more.{i}"] = zeros(i);
            tensors[Some] = zeros(3);
        }).ShouldEndWith("model.safetensors has none of these 4: gen_head.output_mlp_projector.weight (expected with shape [80, 64]), "
            + "gen_head.output_mlp_projector.bias (expected with shape [80]), gen_head.vision_head.weight (expected with shape [96, 80]), "
            + "gen_head.vision_head.bias (expected with shape [96]), and holds tensors that the model does not have, 7: more.0 of shape [0], more.1 of shape [1], "
            + "more.2 of shape [2], more.3 of shape [3], more.4 of shape [4] and 2 more, and gives another shape than config.json to "
            + $"{Some} ([3] where [64, 176] is expected); give complete weights and the config.json that belongs to them.");

    [Fact]
    public void AMisshapenTensor_IsNamedWithBothShapes() =>
        Refusal(tensors => tensors[Some] = zeros(176, 64)).ShouldContain(
            $"model.safetensors gives another shape than config.json to {Some} ([176, 64] where [64, 176] is expected); ");

    [Fact]
    public void AnIntegerTensor_IsNamedWithItsType() =>
        Refusal(tensors => tensors[Some] = zeros(64, 176, ScalarType.Int8)).ShouldContain($"model.safetensors has no floating type for {Some} (I8); ");

    [Fact]
    public void ATruncatedFile_IsRefused()
    {
        using var folder = new TemporaryFolder();
        Copy(folder);
        string path = Path.Combine(folder.Path, "model.safetensors");
        using (FileStream stream = File.OpenWrite(path))
            stream.SetLength(stream.Length / 2);
        Should.Throw<ModelFileException>(() => JanusPolicy.Load(folder.Path)).Message.ShouldContain("so it is truncated or damaged");
    }

    [Fact]
    public void Shards_AreReadThroughTheirIndex_AndAMissingOneIsNamed()
    {
        using DisposeScope scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        Copy(folder);
        string whole = Path.Combine(folder.Path, "model.safetensors");
        Dictionary<string, Tensor> tensors = Tensors(whole);
        File.Delete(whole);
        string[] names = [.. tensors.Keys];
        for (int shard = 0; shard < 2; shard++)
            SafetensorsWriter.Write(Path.Combine(folder.Path, $"part{shard}.safetensors"), names.Where((_, i) => i % 2 == shard).Select(name => (name, tensors[name])));
        string map = string.Join(",", names.Select((name, i) => $"\"{name}\":\"part{i % 2}.safetensors\""));
        folder.File("model.safetensors.index.json", $"{{\"weight_map\":{{{map}}}}}");

        using (JanusPolicy policy = JanusPolicy.Load(folder.Path))
            policy.Weights().ShouldAllBe(item => item.Tensor.Equals(tensors[item.Name].to_type(ScalarType.Float32)));
        File.Delete(Path.Combine(folder.Path, "part1.safetensors"));
        Should.Throw<ModelFileException>(() => JanusPolicy.Load(folder.Path)).Message.ShouldContain("part1.safetensors does not exist: 1 of the 2 shards");
    }

    [Fact]
    public void AModelLargerThanTheMemory_IsRefusedBeforeItIsLoaded_WithTheSize()
    {
        using var folder = new TemporaryFolder();
        Copy(folder);
        string path = Path.Combine(folder.Path, "config.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"vocab_size\": 416", "\"vocab_size\": 16777216").Replace("\"num_hidden_layers\": 2", "\"num_hidden_layers\": 4096")
            .Replace("\"intermediate_size\": 176", "\"intermediate_size\": 1048576"));
        // 4096 layers of 3 x 64 x 1048576 and 12288 weights, two tables of 64 x 16777216, in 4 bytes each; the rest is below the third digit.
        Should.Throw<ModelFileException>(() => JanusPolicy.Load(folder.Path)).Message.ShouldStartWith($"{folder.Path} as float32 needs 3307 GB of memory and ");
    }

    [Fact]
    public void ADeviceThatIsNotThere_IsNamed()
    {
        Assert.SkipWhen(cuda.is_available(), "there is one");
        Should.Throw<ModelFileException>(() => JanusPolicy.Load(Fixture.Janus("model"), CUDA)).Message.ShouldContain("but there is no CUDA device here");
    }

    [Theory]
    [InlineData("\"hidden_size\": 64", "\"hidden_size\": \"big\"", "language_config.hidden_size is \"big\", it must be a whole number from 1")]
    [InlineData("\"hidden_size\": 64,", "", "language_config.hidden_size is missing")]
    [InlineData("\"hidden_size\": 64", "\"hidden_size\": 63", "num_attention_heads is 4, which does not cut hidden_size 63")]
    [InlineData("\"vocab_size\": 416", "\"vocab_size\": 0", "language_config.vocab_size is 0")]
    [InlineData("\"x_ch\": 32", "\"x_ch\": 48", "gen_vision_config.params.x_ch is 48, which is not a multiple of the 32")]
    [InlineData("\"input_dim\": 40", "\"input_dim\": 41", "aligner_config.params.input_dim is not 40")]
    [InlineData("\"x_ch_mult\": [1, 1, 1, 1, 1]", "\"x_ch_mult\": [1, 0]", "x_ch_mult is [1, 0], it must be a list")]
    [InlineData("\"x_ch_mult\": [1, 1, 1, 1, 1]", "\"x_ch_mult\": [1, 1, 1, 1, 65]", "is multiplied by 65")]
    [InlineData("multi_modality", "qwen2_vl", "model_type is qwen2_vl, which is not a Janus-Pro model")]
    [InlineData("{", "", "is not valid JSON")]
    public void AConfigThatMakesNoSense_IsRefusedWithItsKey(string old, string replacement, string expected)
    {
        using var folder = new TemporaryFolder();
        Copy(folder);
        string path = Path.Combine(folder.Path, "config.json");
        string text = File.ReadAllText(path);
        int at = text.IndexOf(old, StringComparison.Ordinal);
        File.WriteAllText(path, text[..at] + replacement + text[(at + old.Length)..]);
        string message = Should.Throw<ModelFileException>(() => JanusPolicy.Load(folder.Path)).Message;
        message.ShouldStartWith(path);
        message.ShouldContain(expected);
    }

    private static string Refusal(Action<Dictionary<string, Tensor>> change)
    {
        using DisposeScope scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        Copy(folder);
        string path = Path.Combine(folder.Path, "model.safetensors");
        Dictionary<string, Tensor> tensors = Tensors(path);
        change(tensors);
        SafetensorsWriter.Write(path, tensors.Select(item => (item.Key, item.Value)));
        string message = Should.Throw<ModelFileException>(() => JanusPolicy.Load(folder.Path)).Message;
        message.ShouldStartWith(folder.Path);
        return message;
    }

    private static Dictionary<string, Tensor> Tensors(string path)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        return file.Names.ToDictionary(name => name, name => file.Read(name));
    }

    private static void Copy(TemporaryFolder folder)
    {
        foreach (string path in Directory.GetFiles(Fixture.Janus("model")))
            File.Copy(path, Path.Combine(folder.Path, Path.GetFileName(path)));
    }
}
