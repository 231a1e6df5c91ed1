using PairUni.Modeling.Images;

namespace PairUni.Data.Pairing;

/// <summary>
/// Features of an image for retrieval: which colours are on the background, which way its edges run, where things are. Each of
/// the three has a fixed share of the squared length, so the cosine of two images is the weighted mean of three cosines.
/// </summary>
public static class ImageFeatures
{
    private const int Levels = 4;
    private const int Bins = Levels * Levels * Levels;
    private const int Directions = 8;
    private const int Grid = 4;
    private const double ColourShare = 0.5;
    private const double DirectionShare = 0.3;
    private const double LayoutShare = 0.2;

    /// <summary>Length of the vectors.</summary>
    public const int Length = Bins + Directions + (Grid * Grid);

    /// <summary><see cref="Length"/> values of Euclidean length 1.</summary>
    public static float[] Extract(RgbImage image)
    {
        Span<double> colours = stackalloc double[Bins];
        var bins = new int[image.Width * image.Height];
        for (var i = 0; i < bins.Length; i++)
            colours[bins[i] = Bin(image.Pixels, i * 3)]++;
        var background = Largest(colours);
        colours[background] = 0;
        Span<double> layout = stackalloc double[Grid * Grid];
        for (var i = 0; i < bins.Length; i++)
            if (bins[i] != background)
                layout[(i / image.Width * Grid / image.Height * Grid) + (i % image.Width * Grid / image.Width)]++;
        Span<double> directions = stackalloc double[Directions];
        AddDirections(image, directions);
        Centre(directions);
        var features = new float[Length];
        Put(colours, ColourShare, features.AsSpan(0, Bins));
        Put(directions, DirectionShare, features.AsSpan(Bins, Directions));
        Put(layout, LayoutShare, features.AsSpan(Bins + Directions));
        Normalise(features);
        return features;
    }

    /// <summary>Cosine of two feature vectors; below 0 counts as 0.</summary>
    public static double Similarity(ReadOnlySpan<float> a, ReadOnlySpan<float> b) => Math.Clamp(VectorMath.Dot(a, b), 0, 1);

    private static int Bin(byte[] pixels, int at) => (((pixels[at] >> 6) * Levels) + (pixels[at + 1] >> 6)) * Levels + (pixels[at + 2] >> 6);

    private static int Largest(ReadOnlySpan<double> values)
    {
        var best = 0;
        for (var i = 1; i < values.Length; i++)
            if (values[i] > values[best])
                best = i;
        return best;
    }

    // Gradients of the brightness by central differences; opposite directions are the same edge.
    private static void AddDirections(RgbImage image, Span<double> directions)
    {
        for (var y = 1; y + 1 < image.Height; y++)
            for (var x = 1; x + 1 < image.Width; x++)
            {
                var across = Brightness(image, x + 1, y) - Brightness(image, x - 1, y);
                var down = Brightness(image, x, y + 1) - Brightness(image, x, y - 1);
                if (across == 0 && down == 0)
                    continue;
                var turn = (Math.Atan2(down, across) / Math.PI) + 1;
                directions[(int)Math.Round(turn * Directions) % Directions] += Math.Sqrt((across * across) + (down * down));
            }
    }

    private static int Brightness(RgbImage image, int x, int y)
    {
        var at = ((y * image.Width) + x) * 3;
        return image.Pixels[at] + image.Pixels[at + 1] + image.Pixels[at + 2];
    }

    private static void Put(ReadOnlySpan<double> values, double share, Span<float> target)
    {
        double squares = 0;
        foreach (var value in values)
            squares += value * value;
        var scale = squares > 0 ? Math.Sqrt(share / squares) : 0;
        for (var i = 0; i < values.Length; i++)
            target[i] = (float)(values[i] * scale);
    }

    private static void Centre(Span<double> values)
    {
        double mean = 0;
        foreach (var value in values)
            mean += value / values.Length;
        foreach (ref var value in values)
            value -= mean;
    }

    // A blank image has no features; it gets one of its own so that its length is 1 too.
    private static void Normalise(float[] features)
    {
        var length = Math.Sqrt(VectorMath.Dot(features, features));
        if (length == 0)
            features[0] = 1;
        else
            for (var i = 0; i < features.Length; i++)
                features[i] = (float)(features[i] / length);
    }
}
