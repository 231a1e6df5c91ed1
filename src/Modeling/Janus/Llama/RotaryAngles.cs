using static TorchSharp.torch;

namespace PairUni.Modeling.Janus.Llama;

/// <summary>Cosines and signed sines for the positions of one forward pass, each float32 [..., H].</summary>
internal readonly record struct RotaryAngles(Tensor Cos, Tensor Sin)
{
    /// <summary>Rotates [B, T, N, H] by angles of [B or 1, T, H] in float32, multiplies by <paramref name="scale"/> and rounds to the type given.</summary>
    public Tensor Rotate(Tensor x_BTNH, double scale = 1)
    {
        if (x_BTNH.dtype == ScalarType.Float32)
            return Turn(x_BTNH, scale);
        using Tensor wide_BTNH = x_BTNH.to_type(ScalarType.Float32);
        using Tensor turned_BTNH = Turn(wide_BTNH, scale);
        return turned_BTNH.to_type(x_BTNH.dtype);
    }

    private Tensor Turn(Tensor x_BTNH, double scale)
    {
        using Tensor cos_BT1H = Cos.unsqueeze(2);
        using Tensor sin_BT1H = Sin.unsqueeze(2);
        using Tensor swapped_BTNH = x_BTNH.roll(x_BTNH.size(3) / 2, 3);
        using Tensor straight_BTNH = x_BTNH * cos_BT1H;
        if (scale == 1)
            return straight_BTNH.addcmul(swapped_BTNH, sin_BT1H, 1);
        using Tensor turned_BTNH = straight_BTNH.addcmul(swapped_BTNH, sin_BT1H, 1);
        return turned_BTNH * scale;
    }
}
