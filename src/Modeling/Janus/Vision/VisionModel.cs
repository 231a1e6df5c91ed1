using static TorchSharp.torch;

namespace PairUni.Modeling.Janus.Vision;

/// <summary>The level of names that checkpoints put around the tower (vision_model.vision_tower.*).</summary>
public sealed class VisionModel : nn.Module<Tensor, Tensor>
{
    internal readonly SiglipTower vision_tower;

    internal VisionModel(Layers make, VisionConfig config) : base(nameof(VisionModel))
    {
        vision_tower = new SiglipTower(make, config);
        RegisterComponents();
    }

    /// <summary>pixels_BCHW in -1..1 to features_BTD.</summary>
    public override Tensor forward(Tensor pixels_BCHW) => vision_tower.forward(pixels_BCHW);
}
