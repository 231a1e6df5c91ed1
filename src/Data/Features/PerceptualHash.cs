using System.Numerics;
using PairUni.Modeling.Images;

namespace PairUni.Data.Features;

/// <summary>
/// What stays of an image through re-encoding and scaling: for red, green and blue, whether each cell of a grid is brighter than its left
/// neighbour (a difference hash with colours). Near-duplicates differ in few of the 768 bits.
/// </summary>
public readonly struct PerceptualHash
{
    private const int Grid = 16;
    private const int Words = 3 * Grid * Grid / 64;

    // Differences up to this many of 255 levels are grain.
    private const int Grain = 3;
    private readonly ulong[] words;

    private PerceptualHash(ulong[] words) => this.words = words;

    /// <summary>Distance up to which two images count as near-duplicates unless the user says otherwise.</summary>
    public const int NearDuplicate = 8;

    /// <summary>Computes the hash of an image.</summary>
    public static PerceptualHash Of(RgbImage image)
    {
        var words = new ulong[Words];
        Span<double> row = stackalloc double[(Grid + 1) * 3];
        for (var y = 0; y < Grid; y++)
        {
            Row(image, y, row);
            for (var x = 0; x < Grid; x++)
                for (var channel = 0; channel < 3; channel++)
                {
                    var bit = (((channel * Grid) + y) * Grid) + x;
                    if (row[((x + 1) * 3) + channel] > row[(x * 3) + channel] + Grain)
                        words[bit / 64] |= 1UL << (bit % 64);
                }
        }
        return new(words);
    }

    /// <summary>Reads what <see cref="ToString"/> wrote; null when the text is no hash.</summary>
    public static PerceptualHash? Parse(string text)
    {
        if (text.Length != Words * 16)
            return null;
        var words = new ulong[Words];
        for (var i = 0; i < Words; i++)
            if (!ulong.TryParse(text.AsSpan(i * 16, 16), System.Globalization.NumberStyles.AllowHexSpecifier, null, out words[i]))
                return null;
        return new(words);
    }

    /// <summary>Number of bits in which two hashes differ, or anything above <paramref name="limit"/> once it exceeds that.</summary>
    public int Distance(PerceptualHash other, int limit = int.MaxValue)
    {
        var distance = 0;
        for (var i = 0; i < Words && distance <= limit; i++)
            distance += BitOperations.PopCount(words[i] ^ other.words[i]);
        return distance;
    }

    /// <summary>192 hexadecimal digits.</summary>
    public override string ToString() => string.Concat(words.Select(word => word.ToString("x16")));

    // Means of the image's cells in one row of the grid.
    private static void Row(RgbImage image, int y, Span<double> means)
    {
        means.Clear();
        var (top, bottom) = Span(y, Grid, image.Height);
        for (var x = 0; x <= Grid; x++)
        {
            var (left, right) = Span(x, Grid + 1, image.Width);
            for (var v = top; v < bottom; v++)
                for (var u = left; u < right; u++)
                    for (var channel = 0; channel < 3; channel++)
                        means[(x * 3) + channel] += image.Pixels[(((v * image.Width) + u) * 3) + channel];
            for (var channel = 0; channel < 3; channel++)
                means[(x * 3) + channel] /= (bottom - top) * (right - left);
        }
    }

    private static (int First, int End) Span(int cell, int cells, int size)
    {
        var first = cell * size / cells;
        return (Math.Min(first, size - 1), Math.Max(first + 1, (cell + 1) * size / cells));
    }
}
