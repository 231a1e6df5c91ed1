using PairUni.Modeling.Host;

namespace PairUni.Data.Pairing;

/// <summary>
/// Vectors as 8-bit numbers, each row with a scale of its own, and how far rounding moved each: |a.b - a'.b'| is at most
/// |a - a'| |b| + |a'| |b - b'|, so products of the small numbers bound the true ones.
/// </summary>
internal sealed class QuantisedRows
{
    private const float Largest = 127;
    private readonly sbyte[] values;
    private readonly float[] errors;
    private readonly float[] norms;

    private QuantisedRows(int count, int width)
    {
        Padded = (width + Int8Products.Lanes - 1) / Int8Products.Lanes * Int8Products.Lanes;
        Count = count;
        values = new sbyte[checked(count * Padded)];
        (Scales, Shifts, errors, norms) = (new float[count], new int[count], new float[count], new float[count]);
    }

    public int Count { get; }

    /// <summary>Width with padding.</summary>
    public int Padded { get; }

    /// <summary>What one step of a row's numbers stands for.</summary>
    public float[] Scales { get; }

    /// <summary>128 times the sum of a row's numbers: what it costs that the other side is shifted up by 128.</summary>
    public int[] Shifts { get; }

    /// <summary>Largest |a - a'| of all rows.</summary>
    public float MaxError { get; private set; }

    /// <summary>Largest |a| of all rows.</summary>
    public float MaxNorm { get; private set; }

    public static QuantisedRows Of(FeatureMatrix rows)
    {
        var quantised = new QuantisedRows(rows.Count, rows.Width);
        Parallel.For(0, rows.Count, row => quantised.Set(row, rows[row]));
        for (var row = 0; row < rows.Count; row++)
            (quantised.MaxError, quantised.MaxNorm) = (Math.Max(quantised.MaxError, quantised.errors[row]), Math.Max(quantised.MaxNorm, quantised.norms[row]));
        return quantised;
    }

    /// <summary>The numbers of consecutive rows.</summary>
    public ReadOnlySpan<sbyte> Rows(int first, int count) => values.AsSpan(first * Padded, count * Padded);

    /// <summary>Writes one vector shifted up by 128, as the left side of products.</summary>
    /// <returns>The scale, |a - a'| and |a'|.</returns>
    public static (float Scale, float Error, float Norm) Shifted(ReadOnlySpan<float> vector, Span<byte> target)
    {
        Span<sbyte> signed = new sbyte[target.Length];
        var (scale, error, norm) = Quantise(vector, signed);
        for (var i = 0; i < target.Length; i++)
            target[i] = (byte)(signed[i] + 128);
        return (scale, error, norm);
    }

    private void Set(int row, ReadOnlySpan<float> vector)
    {
        var target = values.AsSpan(row * Padded, Padded);
        (Scales[row], errors[row], _) = Quantise(vector, target);
        norms[row] = MathF.Sqrt(VectorMath.Dot(vector, vector));
        var sum = 0;
        foreach (var value in target)
            sum += value;
        Shifts[row] = 128 * sum;
    }

    private static (float Scale, float Error, float Norm) Quantise(ReadOnlySpan<float> vector, Span<sbyte> target)
    {
        var largest = 0f;
        foreach (var value in vector)
            largest = Math.Max(largest, Math.Abs(value));
        if (largest == 0)
            return (0, 0, 0);
        var (scale, errors, squares) = (largest / Largest, 0.0, 0.0);
        for (var i = 0; i < vector.Length; i++)
        {
            target[i] = (sbyte)MathF.Round(vector[i] / scale);
            var kept = target[i] * scale;
            errors += (vector[i] - kept) * (vector[i] - kept);
            squares += kept * kept;
        }
        return (scale, (float)Math.Sqrt(errors), (float)Math.Sqrt(squares));
    }
}
