using PairUni.Modeling.Janus;
using static TorchSharp.torch;

namespace PairUni.Modeling.Tests.Janus;

public class JanusConfigTests
{
    [Fact]
    public void TheDefaults_AreJanusPro1B_ParameterByParameter()
    {
        var config = new JanusConfig();
        using var model = new JanusModel(config, META);
        var shapes = model.named_parameters().ToDictionary(item => item.name, item => item.parameter.shape);

        // 2 089 232 011 in the checkpoint, of which the unused pooling head of the vision tower has 12 597 248.
        const long pooling = 1024 + (1024 * 1024 + 1024) + (2048 * 1024 + 2048) + (1024 * 1024 + 1024) + 2 * 1024
            + (4096 * 1024 + 4096) + (4096 * 1024 + 1024);
        shapes.Values.Sum(shape => shape.Aggregate(1L, (product, size) => product * size)).ShouldBe(2_089_232_011 - pooling);
        shapes["vision_model.vision_tower.pos_embed"].ShouldBe([1, 576, 1024]);
        shapes["gen_vision_model.decoder.conv_blocks.0.res.0.conv1.weight"].ShouldBe([512, 512, 3, 3]);
        shapes["gen_vision_model.decoder.conv_blocks.1.res.0.nin_shortcut.weight"].ShouldBe([256, 512, 1, 1]);
        shapes["gen_vision_model.encoder.conv_blocks.4.res.0.nin_shortcut.weight"].ShouldBe([512, 256, 1, 1]);
        shapes["language_model.lm_head.weight"].ShouldBe([102400, 2048]);
        (config.Grid, config.ImageTokens, config.GeneratedSize).ShouldBe((24, 576, 384));
    }

    [Fact]
    public void ASavedConfig_KeepsToTheOriginalsFields_WhereTheOriginalsSizesHold()
    {
        using var folder = new TemporaryFolder();
        var config = new JanusConfig { Language = new LlamaConfig { Layers = 30, RopeTheta = 50000 } };
        config.Save(folder.Path);
        File.ReadAllText(Path.Combine(folder.Path, "config.json")).ShouldNotContain("\"x_");
        JanusConfig again = JanusConfig.Load(folder.Path);
        (again with { Vq = config.Vq }).ShouldBe(config);
    }

    [Fact]
    public void AGridOfItsOwn_IsKept()
    {
        using var folder = new TemporaryFolder();
        var config = new JanusConfig
        {
            Vision = new VisionConfig { ImageSize = 32, PatchSize = 4, Width = 64, Heads = 4, Layers = 2 },
            Vq = new VqConfig { Grid = 4, Multipliers = [1, 1, 2, 2] },
        };
        config.Save(folder.Path);
        JanusConfig again = JanusConfig.Load(folder.Path);
        (again.Vision.Tokens, again.Grid, again.GeneratedSize).ShouldBe((64, 4, 32));
        again.Vq.Multipliers.ShouldBe([1, 1, 2, 2]);
    }
}
