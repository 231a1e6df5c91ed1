namespace PairUni.Data.Pairing;

/// <summary>Feature vectors of many images in one piece of memory.</summary>
/// <param name="count">Number of vectors.</param>
/// <param name="width">Length of each.</param>
public sealed class FeatureMatrix(int count, int width)
{
    private readonly float[] values = GC.AllocateUninitializedArray<float>(checked(count * width));

    public int Count { get; } = count;

    public int Width { get; } = width;

    /// <summary>One vector.</summary>
    public Span<float> this[int row] => values.AsSpan(row * Width, Width);

    /// <summary>A copy of vectors that lie apart.</summary>
    public static FeatureMatrix Of(IReadOnlyList<float[]> rows)
    {
        var matrix = new FeatureMatrix(rows.Count, rows.Count == 0 ? 0 : rows[0].Length);
        for (var row = 0; row < rows.Count; row++)
            rows[row].CopyTo(matrix[row]);
        return matrix;
    }

    /// <summary>Scales every vector to length 1; one of zeros stays.</summary>
    public void Normalise() => Parallel.For(0, Count, row => Normalise(this[row]));

    internal static void Normalise(Span<float> row)
    {
        var length = MathF.Sqrt(VectorMath.Dot(row, row));
        if (length == 0)
            return;
        foreach (ref var value in row)
            value /= length;
    }
}
