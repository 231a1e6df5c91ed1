using PairUni.Modeling.Janus;
using PairUni.Modeling.Janus.Names;

namespace PairUni.Modeling.Tests.Janus;

public class JanusNamesTests
{
    [Theory]
    [InlineData("vision_model.vision_tower.pos_embed", "model.vision_model.embeddings.position_embedding.weight")]
    [InlineData("vision_model.vision_tower.patch_embed.proj.bias", "model.vision_model.embeddings.patch_embedding.bias")]
    [InlineData("vision_model.vision_tower.blocks.23.attn.proj.weight", "model.vision_model.encoder.layers.23.self_attn.projection_layer.weight")]
    [InlineData("vision_model.vision_tower.blocks.3.norm1.bias", "model.vision_model.encoder.layers.3.layer_norm1.bias")]
    [InlineData("vision_model.vision_tower.blocks.3.mlp.fc2.weight", "model.vision_model.encoder.layers.3.mlp.fc2.weight")]
    [InlineData("vision_model.vision_tower.norm.weight", "model.vision_model.post_layernorm.weight")]
    [InlineData("aligner.layers.0.weight", "model.aligner.fc1.weight")]
    [InlineData("gen_aligner.layers.2.bias", "model.generation_aligner.hidden_layers.0.bias")]
    [InlineData("gen_vision_model.encoder.conv_blocks.4.res.1.conv1.weight", "model.vqmodel.encoder.down.4.block.1.conv1.weight")]
    [InlineData("gen_vision_model.encoder.conv_blocks.0.downsample.conv.bias", "model.vqmodel.encoder.down.0.downsample.conv.bias")]
    [InlineData("gen_vision_model.decoder.conv_blocks.0.attn.2.proj_out.weight", "model.vqmodel.decoder.up.0.attn.2.proj_out.weight")]
    [InlineData("gen_vision_model.decoder.mid.1.q.weight", "model.vqmodel.decoder.mid.attn_1.q.weight")]
    [InlineData("gen_vision_model.encoder.mid.2.norm1.weight", "model.vqmodel.encoder.mid.block_2.norm1.weight")]
    [InlineData("gen_vision_model.quantize.embedding.weight", "model.vqmodel.quantize.embedding.weight")]
    [InlineData("gen_vision_model.post_quant_conv.weight", "model.vqmodel.post_quant_conv.weight")]
    [InlineData("gen_embed.weight", "model.generation_embeddings.weight")]
    [InlineData("gen_head.output_mlp_projector.weight", "model.generation_head.proj_out.weight")]
    [InlineData("gen_head.vision_head.bias", "model.generation_head.vision_head.bias")]
    [InlineData("language_model.model.layers.0.self_attn.q_proj.weight", "model.language_model.layers.0.self_attn.q_proj.weight")]
    [InlineData("language_model.model.norm.weight", "model.language_model.norm.weight")]
    [InlineData("language_model.lm_head.weight", "lm_head.weight")]
    public void EachOriginalName_HasItsNameInTransformers(string original, string expected) => JanusNames.Transformers.Of(original).ShouldBe([expected]);

    [Fact]
    public void ThePackedMatrixOfTheTower_IsThreeInTransformers() =>
        JanusNames.Transformers.Of("vision_model.vision_tower.blocks.1.attn.qkv.bias").ShouldBe(
        [
            "model.vision_model.encoder.layers.1.self_attn.q_proj.bias",
            "model.vision_model.encoder.layers.1.self_attn.k_proj.bias",
            "model.vision_model.encoder.layers.1.self_attn.v_proj.bias",
        ]);

    [Fact]
    public void TheShapesOfASmallModel_AreThoseItAllocates()
    {
        JanusConfig config = JanusConfig.Load(Fixture.Janus("model"));
        config = config with { Vq = config.Vq with { Multipliers = [1, 2, 3] } };
        using var model = new JanusModel(config);
        static string Line(string name, long[] shape) => $"{name} [{string.Join(", ", shape)}]";
        JanusShapes.Parameters(config).Select(tensor => Line(tensor.Name, tensor.Shape)).Order(StringComparer.Ordinal)
            .ShouldBe(model.named_parameters().Select(item => Line(item.name, item.parameter.shape)).Order(StringComparer.Ordinal));
    }

    // Both numbers are sums over the shapes of the real checkpoints, pooling head included.
    [Theory]
    [InlineData(2048, 5632, 24, 16, 2_089_232_011)]
    [InlineData(4096, 11008, 30, 32, 7_420_368_523)]
    public void TheRealSizes_AddUpToTheRealCounts(int hidden, int intermediate, int layers, int heads, long parameters)
    {
        var config = new JanusConfig
        {
            Language = new() { HiddenSize = hidden, IntermediateSize = intermediate, Layers = layers, Heads = heads, KeyValueHeads = heads },
            GenHeadWidth = hidden,
        };
        JanusShapes.Parameters(config).Concat(JanusShapes.Unused(config)).Sum(tensor => tensor.Elements).ShouldBe(parameters);
    }
}
