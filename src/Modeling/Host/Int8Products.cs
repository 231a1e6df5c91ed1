using System.Runtime.InteropServices;

namespace PairUni.Modeling.Host;

/// <summary>Binds the products of 8-bit rows of native/int8_products.h.</summary>
public static unsafe partial class Int8Products
{
    private const string Library = "pairuni_native";

    /// <summary>Rows are padded with zeros to a multiple of this.</summary>
    public const int Lanes = 64;

    /// <summary>Largest width at which no sum overflows.</summary>
    public const int MaxWidth = 65536;

    /// <summary>All products of left's rows with right's rows, [rows, columns] exact integers.</summary>
    /// <param name="left">[rows, width] from 0 to 255.</param>
    /// <param name="right">[columns, width].</param>
    /// <param name="width">A multiple of <see cref="Lanes"/>, at most <see cref="MaxWidth"/>.</param>
    /// <param name="products">[rows, columns].</param>
    public static void Compute(ReadOnlySpan<byte> left, ReadOnlySpan<sbyte> right, int width, Span<int> products)
    {
        if (width <= 0 || width > MaxWidth || width % Lanes != 0 || left.Length % width != 0 || right.Length % width != 0)
            throw new ArgumentException($"Rows of {width} do not divide {left.Length} and {right.Length} numbers, or are no multiple of {Lanes} up to {MaxWidth}.", nameof(width));
        var (rows, columns) = (left.Length / width, right.Length / width);
        ArgumentOutOfRangeException.ThrowIfLessThan(products.Length, rows * columns);
        fixed (byte* a = left)
        fixed (sbyte* b = right)
        fixed (int* sums = products)
            pairuni_int8_products(a, rows, b, columns, width, sums);
    }

    [LibraryImport(Library)]
    private static partial void pairuni_int8_products(byte* left, int rows, sbyte* right, int columns, int width, int* products);
}
