using PairUni.Modeling.Janus;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace PairUni.Modeling.Hps;

/// <summary>Cuts an image into patches and projects each to one vector, without bias.</summary>
internal sealed class HpsPatches : nn.Module<Tensor, Tensor>
{
    internal readonly Parameter weight;

    internal HpsPatches(Layers make, long width, long patch) : base(nameof(HpsPatches))
    {
        weight = make.Parameter(width, 3, patch, patch);
        RegisterComponents();
    }

    /// <summary>pixels_BCHW to patches_BTD in raster order, in the type of the pixels.</summary>
    public override Tensor forward(Tensor pixels_BCHW)
    {
        using DisposeScope scope = NewDisposeScope();
        long patch = weight.size(3);
        Tensor patches_BDHW = F.conv2d(pixels_BCHW, weight.to_type(pixels_BCHW.dtype), strides: [patch, patch]);
        return patches_BDHW.flatten(2).transpose(1, 2).MoveToOuterDisposeScope();
    }
}
