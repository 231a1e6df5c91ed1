using System.Numerics;
using System.Runtime.InteropServices;
using PairUni.Modeling.Images;

namespace PairUni.Data.Features;

/// <summary>
/// What stays of an image through re-encoding and scaling: for red, green and blue, whether each cell of a grid is brighter or darker than its
/// left neighbour, and whether it is much so (a difference hash with colours), 3072 bits; and the image's mean colour, which tells plain images apart.
/// </summary>
public readonly struct PerceptualHash
{
    private const int Grid = 16;
    private const int Words = 4 * 3 * Grid * Grid / 64;

    // Of the bits that are set, those that may differ between near-duplicates.
    private const double Share = 0.1;

    // Differences up to this many of 255 levels are grain.
    private const int Grain = 3;

    // Differences above this are strong: they tell colours apart whose edges are the same.
    private const int Strong = 64;

    // Encoding, size and grain move an image's mean colour by fewer of 255 levels.
    private const int Shift = 8;
    private const int Bytes = (Words * sizeof(ulong)) + 3;
    private readonly ulong[] words;
    private readonly (byte Red, byte Green, byte Blue) mean;
    private readonly int set;

    private PerceptualHash(ulong[] words, (byte Red, byte Green, byte Blue) mean) => (this.words, this.mean, set) = (words, mean, words.Sum(BitOperations.PopCount));

    /// <summary>Computes the hash of an image.</summary>
    public static PerceptualHash Of(RgbImage image)
    {
        var words = new ulong[Words];
        Span<double> row = stackalloc double[(Grid + 1) * 3];
        Span<double> sums = stackalloc double[3];
        for (var y = 0; y < Grid; y++)
        {
            Row(image, y, row);
            for (var i = 0; i < row.Length; i++)
                sums[i % 3] += row[i];
            for (var x = 0; x < Grid; x++)
                for (var channel = 0; channel < 3; channel++)
                {
                    var bit = ((((channel * Grid) + y) * Grid) + x) * 4;
                    var step = row[((x + 1) * 3) + channel] - row[(x * 3) + channel];
                    var signs = Math.Abs(step) > Strong ? 0b101UL : Math.Abs(step) > Grain ? 0b001UL : 0;
                    words[bit / 64] |= (step > 0 ? signs : signs << 1) << (bit % 64);
                }
        }
        return new(words, (Level(sums[0]), Level(sums[1]), Level(sums[2])));

        static byte Level(double sum) => (byte)Math.Round(sum / (Grid * (Grid + 1)));
    }

    /// <summary>Reads what <see cref="ToString"/> wrote; null when the text is no hash.</summary>
    public static PerceptualHash? Parse(string text)
    {
        var bytes = new byte[Bytes];
        return Convert.TryFromBase64String(text, bytes, out var written) && written == Bytes
            ? new(MemoryMarshal.Cast<byte, ulong>(bytes.AsSpan(0, Words * sizeof(ulong))).ToArray(), (bytes[^3], bytes[^2], bytes[^1])) : null;
    }

    /// <summary>At most a tenth of the bits that are set differ, and the mean colour hardly does: the images are the same but for encoding, size or grain.</summary>
    public bool IsNear(PerceptualHash other)
    {
        var limit = Share * (set + other.set) / 2;
        if (Math.Abs(set - other.set) > limit || !(Like(mean.Red, other.mean.Red) && Like(mean.Green, other.mean.Green) && Like(mean.Blue, other.mean.Blue)))
            return false;
        var distance = 0;
        for (var i = 0; i < Words && distance <= limit; i++)
            distance += BitOperations.PopCount(words[i] ^ other.words[i]);
        return distance <= limit;

        static bool Like(byte a, byte b) => Math.Abs(a - b) <= Shift;
    }

    /// <summary>387 bytes in base 64: the bits, then the mean colour.</summary>
    public override string ToString() => Convert.ToBase64String([.. MemoryMarshal.AsBytes(words.AsSpan()), mean.Red, mean.Green, mean.Blue]);

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
