using static TorchSharp.torch;

namespace PairUni.Modeling.Files;

/// <summary>Where one tensor lies in a weight file: its type, its shape, and its place among the file's bytes.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Dtype">Its element type in the file.</param>
/// <param name="Shape">Sizes of its dimensions.</param>
/// <param name="Strides">Elements from one index to the next, per dimension; a view need not be contiguous.</param>
/// <param name="Offset">Bytes from the start of the file to the first element.</param>
public sealed record StoredTensor(string Name, ScalarType Dtype, long[] Shape, long[] Strides, long Offset)
{
    public int Width { get; } = SafetensorsDtype.Width(Dtype);

    public long Elements { get; } = Shape.Aggregate(1L, (product, size) => product * size);

    /// <summary>Bytes of its elements, each counted once.</summary>
    public long Bytes => Elements * Width;

    /// <summary>The shape as people write it, such as [3, 64, 64].</summary>
    public string ShapeText { get; } = Text(Shape);

    /// <summary>Bytes of the file from the first element to the last.</summary>
    public long Extent => Elements == 0 ? 0 : (Shape.Zip(Strides, (size, stride) => (size - 1) * stride).Sum() + 1) * Width;

    /// <summary>Whether it holds weights as a model computes with them, not integers or flags.</summary>
    public bool IsFloating => Dtype is ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64;

    /// <summary>Whether its elements lie one after another in row-major order.</summary>
    public bool IsContiguous
    {
        get
        {
            long expected = 1;
            for (int i = Shape.Length - 1; i >= 0; i--)
            {
                if (Shape[i] != 1 && Strides[i] != expected)
                    return Elements == 0;
                expected *= Shape[i];
            }
            return true;
        }
    }

    public static string Text(IEnumerable<long> shape) => $"[{string.Join(", ", shape)}]";

    /// <summary>Row-major strides of a shape.</summary>
    public static long[] Packed(long[] shape)
    {
        long[] strides = new long[shape.Length];
        long step = 1;
        for (int i = shape.Length - 1; i >= 0; i--)
        {
            strides[i] = step;
            step *= Math.Max(1, shape[i]);
        }
        return strides;
    }
}
