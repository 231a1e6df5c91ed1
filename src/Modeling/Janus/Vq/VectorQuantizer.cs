using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace PairUni.Modeling.Janus.Vq;

// B batch, C code width, N codes of an image, V entries of the codebook

/// <summary>The codebook. Entries are compared and returned with unit length.</summary>
public sealed class VectorQuantizer : nn.Module
{
    public readonly TokenEmbedding embedding;

    internal VectorQuantizer(Layers make, VqConfig config) : base(nameof(VectorQuantizer))
    {
        embedding = new TokenEmbedding(make, config.CodebookSize, config.CodeWidth);
        RegisterComponents();
    }

    /// <summary>All entries, unit length, float32 [V, C]; differentiable in the codebook.</summary>
    public Tensor Entries() => F.normalize(embedding.weight.to_type(ScalarType.Float32), 2, -1);

    /// <summary>Nearest entry of each latent vector by squared distance, the first on ties: latent_BCHW to int64 [B, N] in raster order.</summary>
    public Tensor Nearest(Tensor latent_BCHW)
    {
        using DisposeScope scope = NewDisposeScope();
        (long batch, long width) = (latent_BCHW.size(0), latent_BCHW.size(1));
        Tensor z_MC = F.normalize(latent_BCHW.to_type(ScalarType.Float32).permute(0, 2, 3, 1).reshape(-1, width), 2, -1);
        Tensor entries_VC = Entries();
        Tensor distance_MV = z_MC.square().sum(1, keepdim: true) + entries_VC.square().sum(1)
            - 2 * z_MC.matmul(entries_VC.t());
        return distance_MV.argmin(1).view(batch, -1).MoveToOuterDisposeScope();
    }

    /// <summary>Unit-length entries of codes_BN laid out as a map: [B, C, h, w] with h = w = sqrt(N).</summary>
    public Tensor LookUp(Tensor codes_BN)
    {
        using DisposeScope scope = NewDisposeScope();
        (long batch, long count) = (codes_BN.size(0), codes_BN.size(1));
        long side = (long)Math.Round(Math.Sqrt(count));
        Tensor raw_BNC = embedding.forward(codes_BN);
        Tensor rows_BNC = F.normalize(raw_BNC.to_type(ScalarType.Float32), 2, -1).to_type(raw_BNC.dtype);
        return rows_BNC.view(batch, side, side, -1).permute(0, 3, 1, 2).contiguous().MoveToOuterDisposeScope();
    }
}
