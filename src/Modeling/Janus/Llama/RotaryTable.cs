using static TorchSharp.torch;

namespace PairUni.Modeling.Janus.Llama;

// H head width, P positions

/// <summary>
/// Cosines and sines of rotary position embedding in float32, computed when first needed and kept; for any number of threads. Rotation pairs
/// dimension i with i + H/2: x * cos + roll(x, H/2) * sin, with the sign of the swapped half folded into the sines.
/// </summary>
internal sealed class RotaryTable(LlamaConfig config, Layers make) : IDisposable
{
    private const int FirstCount = 512;

    // The last is in use; the others were too short for somebody, and other threads may still be reading them.
    private readonly List<RotaryAngles> _tables = [];
    private readonly Lock _growing = new();

    /// <summary>Cosines of positions 0 to at least <paramref name="count"/> - 1; they stay where they are until the model is disposed.</summary>
    public Tensor Cos_PH(long count) => Of(count).Cos;

    /// <summary>Sines, negative in the first half.</summary>
    public Tensor Sin_PH(long count) => Of(count).Sin;

    /// <summary>Angles at int64 positions of any shape, all below <paramref name="count"/>, shaped [positions..., H].</summary>
    public RotaryAngles At(Tensor positions, long count)
    {
        RotaryAngles table = Of(count);
        return new(Gather(table.Cos, positions), Gather(table.Sin, positions));
    }

    public void Dispose()
    {
        foreach (RotaryAngles table in _tables)
        {
            table.Cos.Dispose();
            table.Sin.Dispose();
        }
        _tables.Clear();
    }

    private static Tensor Gather(Tensor table_PH, Tensor positions)
    {
        using Tensor flat = positions.reshape(-1);
        using Tensor rows = table_PH.index_select(0, flat);
        return rows.view([.. positions.shape, table_PH.size(1)]);
    }

    private RotaryAngles Of(long count)
    {
        lock (_growing)
        {
            if (_tables.Count == 0 || _tables[^1].Cos.size(0) < count)
                _tables.Add(Compute(Math.Max(FirstCount, (long)System.Numerics.BitOperations.RoundUpToPowerOf2((ulong)count))));
            return _tables[^1];
        }
    }

    private RotaryAngles Compute(long positions)
    {
        int width = config.HeadWidth;
        int half = width / 2;
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
        return new(
            tensor(cos, ScalarType.Float32, make.Device).reshape(positions, width).DetachFromDisposeScope(),
            tensor(sin, ScalarType.Float32, make.Device).reshape(positions, width).DetachFromDisposeScope());
    }
}
