using static TorchSharp.torch;

namespace PairUni.Modeling.Janus.Llama;

// H head width, P positions

/// <summary>
/// Cosines and sines of rotary position embedding in float32, computed when first needed and kept. Rotation pairs dimension i with i + H/2:
/// x * cos + roll(x, H/2) * sin, with the sign of the swapped half folded into the sines.
/// </summary>
internal sealed class RotaryTable(LlamaConfig config, Layers make) : IDisposable
{
    private const int FirstCount = 512;

    private Tensor? _cos_PH;
    private Tensor? _sin_PH;

    /// <summary>Cosines of positions 0 to at least <paramref name="count"/> - 1.</summary>
    public Tensor Cos_PH(long count)
    {
        Grow(count);
        return _cos_PH!;
    }

    /// <summary>Sines, negative in the first half.</summary>
    public Tensor Sin_PH(long count)
    {
        Grow(count);
        return _sin_PH!;
    }

    /// <summary>Angles at int64 positions of any shape, all below <paramref name="count"/>, shaped [positions..., H].</summary>
    public RotaryAngles At(Tensor positions, long count) => new(Gather(Cos_PH(count), positions), Gather(Sin_PH(count), positions));

    public void Dispose()
    {
        _cos_PH?.Dispose();
        _sin_PH?.Dispose();
    }

    private static Tensor Gather(Tensor table_PH, Tensor positions)
    {
        using Tensor flat = positions.reshape(-1);
        using Tensor rows = table_PH.index_select(0, flat);
        return rows.view([.. positions.shape, table_PH.size(1)]);
    }

    private void Grow(long count)
    {
        if (_cos_PH is not null && _cos_PH.size(0) >= count)
            return;
        int width = config.HeadWidth;
        int half = width / 2;
        long positions = Math.Max(FirstCount, (long)System.Numerics.BitOperations.RoundUpToPowerOf2((ulong)count));
        float[] cos = new float[positions * width];
        float[] sin = new float[cos.Length];
        float[] inverse = [.. Enumerable.Range(0, half).Select(i => 1f / MathF.Pow((float)config.RopeTheta, 2f * i / width))];
        for (int position = 0; position < positions; position++)
        {
            for (int i = 0; i < half; i++)
            {
                float angle = position * inverse[i];
                int at = position * width + i;
                cos[at] = cos[at + half] = MathF.Cos(angle);
                sin[at + half] = MathF.Sin(angle);
                sin[at] = -sin[at + half];
            }
        }
        Dispose();
        _cos_PH = tensor(cos, ScalarType.Float32, make.Device).reshape(positions, width).DetachFromDisposeScope();
        _sin_PH = tensor(sin, ScalarType.Float32, make.Device).reshape(positions, width).DetachFromDisposeScope();
    }
}
