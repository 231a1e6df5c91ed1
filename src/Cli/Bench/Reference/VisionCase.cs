using PairUni.Modeling.Janus;

namespace PairUni.Cli.Bench.Reference;

/// <summary>The vision tower step by step, and its aligner.</summary>
internal static class VisionCase
{
    public static void Run(JanusPolicy policy, ReferenceCase reference)
    {
        var tower = policy.Model.vision_model.vision_tower;
        var pixels = reference["pixel_values"];
        var patches = tower.patch_embed.forward(pixels);
        reference.Compare("patch_embed", patches);
        reference.Compare("after_pos_embed", patches + tower.pos_embed);
        reference.Compare("after_block0", tower.blocks[0].forward(patches + tower.pos_embed));
        reference.Compare("features", policy.Model.vision_model.forward(pixels));
        reference.Compare("aligner_out", policy.Model.EmbedImages(pixels));
    }
}
