using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using PairUni.Modeling.Host;

namespace PairUni.Data.Pairing;

/// <summary>
/// Vectors as 8-bit numbers, each row with a scale of its own, and how far rounding moved each: |a.b - a'.b'| is at most
/// |a - a'| |b| + |a'| |b - b'|, so products of the small numbers bound the true ones.
/// </summary>
internal sealed class QuantisedRows
{
    private const float Largest = 127;
    private const int Lanes = 8;
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
        var result = Quantise(vector, MemoryMarshal.Cast<byte, sbyte>(target));
        foreach (ref var eight in MemoryMarshal.Cast<byte, ulong>(target))
            eight ^= 0x8080_8080_8080_8080;
        return result;
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
        target.Clear();
        var largest = TopOf(vector);
        if (largest == 0)
            return (0, 0, 0);
        var (scale, errors, squares, i) = (largest / Largest, Vector256<float>.Zero, Vector256<float>.Zero, 0);
        for (; i + Lanes <= vector.Length; i += Lanes)
        {
            var values = Vector256.Create(vector.Slice(i, Lanes));
            var rounded = Vector256.Round(values / scale);
            var (kept, integers) = (rounded * scale, Vector256.ConvertToInt32(rounded));
            errors += (values - kept) * (values - kept);
            squares += kept * kept;
            var narrow = Vector128.Narrow(integers.GetLower(), integers.GetUpper());
            Vector128.Narrow(narrow, narrow).GetLower().CopyTo(target[i..]);
        }
        var (error, square) = (Vector256.Sum(errors), Vector256.Sum(squares));
        for (; i < vector.Length; i++)
        {
            target[i] = (sbyte)MathF.Round(vector[i] / scale);
            var kept = target[i] * scale;
            error += (vector[i] - kept) * (vector[i] - kept);
            square += kept * kept;
        }
        return (scale, MathF.Sqrt(error), MathF.Sqrt(square));
    }

    private static float TopOf(ReadOnlySpan<float> vector)
    {
        var (tops, i) = (Vector256<float>.Zero, 0);
        for (; i + Lanes <= vector.Length; i += Lanes)
            tops = Vector256.Max(tops, Vector256.Abs(Vector256.Create(vector.Slice(i, Lanes))));
        var top = 0f;
        for (var lane = 0; lane < Lanes; lane++)
            top = Math.Max(top, tops[lane]);
        for (; i < vector.Length; i++)
            top = Math.Max(top, Math.Abs(vector[i]));
        return top;
    }
}
