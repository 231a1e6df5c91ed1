using PairUni.Modeling.Images;

namespace PairUni.Data.Shapes.Judging;

/// <summary>Finds connected patches of foreground; neighbours join when their colours agree, so touching objects of different colours part.</summary>
internal static class BlobFinder
{
    private const double SmallestShare = 0.002;
    private const int FewestPixels = 5;
    private const int JoinDistanceSquared = 50 * 50;
    private const float Inside = 0.85f;

    internal static List<Blob> Find(RgbImage image)
    {
        var labels = new sbyte[image.Width * image.Height];
        for (var i = 0; i < labels.Length; i++)
            labels[i] = (sbyte)ColourUnmixing.Label(image.Pixels.AsSpan(i * 3, 3));
        var owner = new int[labels.Length];
        var smallest = Math.Max(FewestPixels, (int)Math.Ceiling(labels.Length * SmallestShare));
        var pixels = new List<int>();
        var blobs = new List<Blob>();
        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i] < 0 || owner[i] != 0)
                continue;
            Flood(image, labels, owner, i, pixels);
            if (pixels.Count >= smallest)
                blobs.Add(Soften(image, labels, owner, pixels));
        }
        return blobs;
    }

    // Four-connected; owner numbers patches by their first pixel plus one.
    private static void Flood(RgbImage image, sbyte[] labels, int[] owner, int start, List<int> pixels)
    {
        pixels.Clear();
        pixels.Add(start);
        owner[start] = start + 1;
        for (var next = 0; next < pixels.Count; next++)
        {
            var at = pixels[next];
            var x = at % image.Width;
            if (x > 0)
                Visit(at, at - 1);
            if (x + 1 < image.Width)
                Visit(at, at + 1);
            if (at >= image.Width)
                Visit(at, at - image.Width);
            if (at + image.Width < labels.Length)
                Visit(at, at + image.Width);
        }

        void Visit(int from, int to)
        {
            if (labels[to] < 0 || owner[to] != 0 || (labels[to] != labels[from] && DistanceSquared(image.Pixels, from * 3, to * 3) > JoinDistanceSquared))
                return;
            owner[to] = start + 1;
            pixels.Add(to);
        }
    }

    private static Blob Soften(RgbImage image, sbyte[] labels, int[] owner, List<int> pixels)
    {
        int left = image.Width, top = image.Height, right = 0, bottom = 0;
        foreach (var at in pixels)
        {
            var (x, y) = (at % image.Width, at / image.Width);
            (left, right) = (Math.Min(left, x), Math.Max(right, x));
            (top, bottom) = (Math.Min(top, y), Math.Max(bottom, y));
        }
        (left, top, right, bottom) = (Math.Max(0, left - 1), Math.Max(0, top - 1), Math.Min(image.Width - 1, right + 1), Math.Min(image.Height - 1, bottom + 1));
        var colour = MedianColour(image, labels, pixels);
        var (width, height) = (right - left + 1, bottom - top + 1);
        var mask = new float[width * height];
        var self = owner[pixels[0]];
        for (var y = top; y <= bottom; y++)
            for (var x = left; x <= right; x++)
            {
                var at = (y * image.Width) + x;
                if (owner[at] == self || (labels[at] < 0 && Touches(image, owner, x, y, self)))
                    mask[((y - top) * width) + x - left] = ShapeTemplate.Crisp(ColourUnmixing.Coverage(image.Pixels.AsSpan(at * 3, 3), colour));
            }
        return new Blob(left, top, width, height, mask, colour);
    }

    private static bool Touches(RgbImage image, int[] owner, int x, int y, int self)
    {
        for (var v = Math.Max(0, y - 1); v <= Math.Min(image.Height - 1, y + 1); v++)
            for (var u = Math.Max(0, x - 1); u <= Math.Min(image.Width - 1, x + 1); u++)
                if (owner[(v * image.Width) + u] == self)
                    return true;
        return false;
    }

    // Edge pixels are mixtures; the median is taken where the pixel's own colour covers most of it, if there are such pixels.
    private static (byte Red, byte Green, byte Blue) MedianColour(RgbImage image, sbyte[] labels, List<int> pixels)
    {
        var inside = pixels.Where(at => ColourUnmixing.Coverage(image.Pixels.AsSpan(at * 3, 3), Palette.Colours[labels[at]]) >= Inside).ToArray();
        if (inside.Length * 4 < pixels.Count)
            inside = [.. pixels];
        var values = new byte[inside.Length];
        return (Median(0), Median(1), Median(2));

        byte Median(int channel)
        {
            for (var i = 0; i < inside.Length; i++)
                values[i] = image.Pixels[(inside[i] * 3) + channel];
            Array.Sort(values);
            return values[values.Length / 2];
        }
    }

    private static int DistanceSquared(byte[] pixels, int a, int b)
    {
        var (red, green, blue) = (pixels[a] - pixels[b], pixels[a + 1] - pixels[b + 1], pixels[a + 2] - pixels[b + 2]);
        return (red * red) + (green * green) + (blue * blue);
    }
}
