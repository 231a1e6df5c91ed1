using static TorchSharp.torch;

namespace PairUni.Modeling.Janus.Vision;

/// <summary>Cuts an image into patches and projects each to one vector.</summary>
public sealed class PatchEmbed : nn.Module<Tensor, Tensor>
{
    private readonly ConvLayer proj;
    private readonly ScalarType _compute;

    internal PatchEmbed(Layers make, long width, long patch) : base(nameof(PatchEmbed))
    {
        _compute = make.Compute;
        proj = make.Conv(3, width, patch, stride: patch);
        RegisterComponents();
    }

    /// <summary>pixels_BCHW of any type to patches_BTD in raster order.</summary>
    public override Tensor forward(Tensor pixels_BCHW)
    {
        using Tensor own_BCHW = pixels_BCHW.to_type(_compute);
        using Tensor patches_BDHW = proj.forward(own_BCHW);
        using Tensor flat_BDT = patches_BDHW.flatten(2);
        return flat_BDT.transpose(1, 2);
    }
}
