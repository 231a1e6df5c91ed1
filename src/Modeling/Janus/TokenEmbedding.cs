using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PairUni.Modeling.Janus;

/// <summary>A table of vectors looked up by id. A row gather, so that its weight is one parameter with one handle.</summary>
public sealed class TokenEmbedding : nn.Module<Tensor, Tensor>
{
    public readonly Parameter weight;

    private readonly ScalarType _compute;

    internal TokenEmbedding(Layers make, long count, long width) : base(nameof(TokenEmbedding))
    {
        _compute = make.Compute;
        weight = make.Parameter(count, width);
        RegisterComponents();
    }

    /// <summary>int64 ids of any shape to [shape..., width] in the type of activations.</summary>
    public override Tensor forward(Tensor ids)
    {
        using Tensor flat = ids.reshape(-1);
        using Tensor rows = weight.index_select(0, flat);
        using Tensor wide = rows.to_type(_compute);
        return wide.reshape([.. ids.shape, weight.size(1)]);
    }
}
