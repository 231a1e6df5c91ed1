using System.Text.Json.Nodes;
using PairUni.Modeling.Files;
using PairUni.Modeling.Janus;
using PairUni.Modeling.Janus.Names;
using PairUni.Modeling.Tests.Files;
using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Modeling.Tests.Janus;

/// <summary>The tiny model of the fixtures in every form that checkpoints come in: all give the same model.</summary>
public sealed class CheckpointFormsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Dictionary<string, Tensor> _tensors;

    public CheckpointFormsTests()
    {
        foreach (string path in Directory.GetFiles(Fixture.Janus("model")).Where(path => !path.EndsWith("model.safetensors", StringComparison.Ordinal)))
            File.Copy(path, In(Path.GetFileName(path)));
        foreach (string path in Directory.GetFiles(Fixture.Text(), "*token*.json"))
            File.Copy(path, In(Path.GetFileName(path)), overwrite: true);
        using SafetensorsFile file = SafetensorsFile.Open(Fixture.Janus("model/model.safetensors"));
        _tensors = file.Names.ToDictionary(name => name, name => file.Read(name));
    }

    [Fact]
    public void APyTorchCheckpoint_GivesTheSameModel()
    {
        File.WriteAllBytes(In("pytorch_model.bin"), TorchArchive.Of(_tensors.Select(item => (item.Key, item.Value))));
        ShouldLoad();
    }

    [Fact]
    public void ShardsOfAPyTorchCheckpoint_GiveTheSameModel_AndAMissingOneIsNamed()
    {
        (string, Tensor)[] all = [.. _tensors.Select(item => (item.Key, item.Value))];
        File.WriteAllBytes(In("first.bin"), TorchArchive.Of(all[..100]));
        File.WriteAllBytes(In("second.bin"), TorchArchive.Of(all[100..]));
        var map = new JsonObject(_tensors.Keys.Select((name, i) => KeyValuePair.Create(name, (JsonNode?)(i < 100 ? "first.bin" : "second.bin"))));
        File.WriteAllText(In("pytorch_model.bin.index.json"), new JsonObject { ["weight_map"] = map }.ToJsonString());
        ShouldLoad();
        File.Delete(In("first.bin"));
        Should.Throw<ModelFileException>(() => JanusPolicy.Load(_folder.Path)).Message
            .ShouldBe($"{In("first.bin")} does not exist: 1 of the 2 shards that pytorch_model.bin.index.json names are missing; download the missing ones.");
    }

    [Fact]
    public void TheConversionToTransformers_GivesTheSameModel()
    {
        // There the head's inner width is that of the language model.
        foreach (string name in _tensors.Keys.Where(name => name.StartsWith("gen_head.", StringComparison.Ordinal)).ToArray())
            _tensors[name] = _tensors[name].narrow(0, 0, Math.Min(_tensors[name].size(0), name.Contains("output") ? 64 : 96));
        _tensors["gen_head.vision_head.weight"] = _tensors["gen_head.vision_head.weight"].narrow(1, 0, 64);
        var converted = new List<(string Name, Tensor Tensor)>();
        foreach ((string name, Tensor tensor) in _tensors.Where(item => !JanusNames.Original.IsUnused(item.Key)))
        {
            string[] parts = JanusNames.Transformers.Of(name);
            Tensor whole = name.EndsWith("pos_embed", StringComparison.Ordinal) ? tensor.squeeze(0) : tensor;
            converted.AddRange(parts.Zip(whole.chunk(parts.Length)));
        }
        SafetensorsWriter.Write(In("model.safetensors"), converted);
        File.WriteAllText(In("config.json"), """
            {
              "architectures": ["JanusForConditionalGeneration"], "model_type": "janus", "dtype": "bfloat16", "image_token_id": 1,
              "text_config": { "model_type": "llama", "hidden_size": 64, "intermediate_size": 176, "num_hidden_layers": 2, "num_attention_heads": 4,
                "num_key_value_heads": 2, "vocab_size": 416, "max_position_embeddings": 4096, "rms_norm_eps": 1e-05, "rope_theta": 50000.0 },
              "vision_config": { "model_type": "janus_vision_model", "hidden_size": 40, "num_hidden_layers": 2, "num_attention_heads": 5, "image_size": 40,
                "patch_size": 10, "mlp_ratio": 4.0, "projection_dim": 64 },
              "vq_config": { "base_channels": 32, "channel_multiplier": [1, 1, 1, 1, 1], "latent_channels": 48, "num_embeddings": 96, "projection_dim": 64, "image_token_embed_dim": 64 }
            }
            """);
        File.WriteAllText(In("preprocessor_config.json"), """{ "size": { "height": 40, "width": 40 }, "min_size": 14, "image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5] }""");
        using JanusPolicy policy = ShouldLoad();
        JanusConfig original = JanusConfig.Load(Fixture.Janus("model"));
        (policy.Config.Language, policy.Config.Vision with { ModelName = original.Vision.ModelName }).ShouldBe((original.Language, original.Vision));
    }

    [Fact]
    public void ALoadedAndSavedModel_ComesBackBitForBit_WithTheTensorsItDoesNotUse()
    {
        SafetensorsWriter.Write(In("model.safetensors"), _tensors.Select(item => (item.Key, item.Value)));
        string saved = In("saved");
        using (JanusPolicy policy = JanusPolicy.Load(_folder.Path, dtype: ScalarType.BFloat16))
            policy.Save(saved);
        using SafetensorsFile file = SafetensorsFile.Open(Path.Combine(saved, "model.safetensors"));
        file.Names.Order(StringComparer.Ordinal).ShouldBe(_tensors.Keys.Order(StringComparer.Ordinal));
        file.Names.ShouldContain(JanusShapes.CodebookUsedName);
        foreach ((string name, Tensor expected) in _tensors)
        {
            file[name].Dtype.ShouldBe(expected.dtype, name);
            file.Read(name).bytes.SequenceEqual(expected.contiguous().bytes).ShouldBeTrue(name);
        }
    }

    [Fact]
    public void LargeAlignedTensors_ShareTheFilesPages_AndWritingToThemLeavesTheFile()
    {
        JanusConfig config = JanusConfig.Load(Fixture.Janus("model"));
        config = config with { Language = config.Language with { HiddenSize = 512, Heads = 8, KeyValueHeads = 8, IntermediateSize = 512, Layers = 1 } };
        string saved = In("large");
        using JanusPolicy made = JanusPolicy.Create(config, PairUni.Modeling.Text.JanusTokenizer.Load(_folder.Path), 5);
        made.Save(saved);
        byte[] before = File.ReadAllBytes(Path.Combine(saved, "model.safetensors"));
        using JanusPolicy policy = JanusPolicy.Load(saved);
        foreach (((string name, Tensor expected), (_, Tensor found)) in made.Weights().Zip(policy.Weights()))
            found.Equals(expected).ShouldBeTrue(name);
        var attention = policy.Model.language_model.model.layers[0].self_attn;
        using (no_grad())
            attention.k_proj.weight.fill_(0.25);
        attention.Qkv.Weight.narrow(0, 512, 512).Equals(full(512, 512, 0.25f)).ShouldBeTrue();
        attention.Qkv.Weight.narrow(0, 0, 512).Equals(attention.q_proj.weight).ShouldBeTrue();
        File.ReadAllBytes(Path.Combine(saved, "model.safetensors")).ShouldBe(before);
        using SafetensorsFile file = SafetensorsFile.Open(Path.Combine(saved, "model.safetensors"));
        string[] large = [.. file.Tensors.Where(tensor => tensor.Bytes >= 1 << 20).Select(tensor => tensor.Name)];
        string[] parts = ["self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.o_proj", "mlp.gate_proj", "mlp.up_proj", "mlp.down_proj"];
        large.ShouldBe(["aligner.layers.2.weight", "gen_aligner.layers.2.weight", .. parts.Select(part => $"language_model.model.layers.0.{part}.weight")]);
        large.ShouldAllBe(name => file.Share(file[name]) is object);
    }

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    private string In(string name) => Path.Combine(_folder.Path, name);

    private JanusPolicy ShouldLoad()
    {
        JanusPolicy policy = JanusPolicy.Load(_folder.Path);
        foreach ((string name, Tensor found) in policy.Weights())
            found.Equals(_tensors[name].to_type(ScalarType.Float32)).ShouldBeTrue(name);
        return policy;
    }
}
