using PairUni.Modeling.Janus;
using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Modeling.Tests.Janus;

public class VisionModelTests
{
    [Fact]
    public void TheTowerAndItsAligner_ComputeWhatTheOriginalComputes()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        using JanusPolicy policy = Reference.Policy();
        using Reference reference = Reference.Case("case1_vision");
        var tower = policy.Model.vision_model.vision_tower;

        Tensor patches = tower.patch_embed.forward(reference["pixel_values"]);
        reference.ShouldBeClose("patch_embed", patches);
        reference.ShouldBeClose("after_pos_embed", patches + tower.pos_embed);
        reference.ShouldBeClose("after_block0", tower.blocks[0].forward(patches + tower.pos_embed));
        reference.ShouldBeClose("features", policy.Model.vision_model.forward(reference["pixel_values"]));
        reference.ShouldBeClose("aligner_out", policy.Model.EmbedImages(reference["pixel_values"]));
    }
}
