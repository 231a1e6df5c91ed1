using static TorchSharp.torch;

namespace PairUni.Modeling.Janus.Llama;

/// <summary>Cosines and signed sines for the positions of one forward pass, each [..., H].</summary>
internal readonly record struct RotaryAngles(Tensor Cos, Tensor Sin)
{
    /// <summary>Rotates [B, T, N, H] by angles of [B or 1, T, H].</summary>
    public Tensor Rotate(Tensor x_BTNH)
    {
        using Tensor cos_BT1H = Cos.unsqueeze(2);
        using Tensor sin_BT1H = Sin.unsqueeze(2);
        using Tensor swapped_BTNH = x_BTNH.roll(x_BTNH.size(3) / 2, 3);
        using Tensor straight_BTNH = x_BTNH * cos_BT1H;
        return straight_BTNH.addcmul(swapped_BTNH, sin_BT1H, 1);
    }
}
