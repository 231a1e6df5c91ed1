using PairUni.Modeling.Images;

namespace PairUni.Data.Shapes.Judging;

/// <summary>Finds shapes in the pixels of an image: patches of foreground, each named by the template that it overlaps most.</summary>
public static class ShapeDetector
{
    private const double FarthestColour = 100;

    // Clean renders overlap their own template by 0.82 and more, 0.96 on average; rings, whose hole blurs first, fall to 0.7 when
    // slightly blurred. The scale puts GenEval's thresholds, confidence 0.3 and 0.9 in counting, at overlaps of 0.62 and 0.74.
    private const double NoOverlap = 0.56;
    private const double FullOverlap = 0.76;

    // Edges are a pixel wide at this size; larger images are first reduced to about it.
    private const int WorkingSize = 64;

    /// <summary>Everything found, most confident first.</summary>
    public static IReadOnlyList<ShapeDetection> Detect(RgbImage image)
    {
        var factor = Math.Max(1, Math.Max(image.Width, image.Height) / WorkingSize);
        return [.. BlobFinder.Find(Reduce(image, factor)).Select(blob => Name(blob, factor)).OrderByDescending(detection => detection.Confidence)];
    }

    // Means of factor x factor pixels; a rest at the right and the bottom is left out.
    private static RgbImage Reduce(RgbImage image, int factor)
    {
        if (factor == 1 || image.Width < factor || image.Height < factor)
            return image;
        var (width, height) = (image.Width / factor, image.Height / factor);
        var pixels = new byte[width * height * 3];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width * 3; x++)
            {
                var sum = 0;
                for (var row = 0; row < factor; row++)
                    for (var column = 0; column < factor; column++)
                        sum += image.Pixels[(((((y * factor) + row) * image.Width) + (x / 3 * factor) + column) * 3) + (x % 3)];
                pixels[(y * width * 3) + x] = (byte)((sum + (factor * factor / 2)) / (factor * factor));
            }
        return new RgbImage(width, height, pixels);
    }

    private static ShapeDetection Name(Blob blob, int factor)
    {
        var (best, overlap) = (ShapeTemplate.All[0], -1.0);
        foreach (var template in ShapeTemplate.All)
        {
            var candidate = template.Overlap(blob);
            if (candidate > overlap)
                (best, overlap) = (template, candidate);
        }
        var confidence = Math.Clamp((overlap - NoOverlap) / (FullOverlap - NoOverlap), 0, 1);
        // The mask has a margin of one pixel, which is cut at the canvas' rim.
        return new ShapeDetection(best.Shape, NearestColour(blob.Colour), confidence,
            factor * (blob.Left + (blob.Width / 2.0)), factor * (blob.Top + (blob.Height / 2.0)),
            factor * Math.Max(1, blob.Width - 2), factor * Math.Max(1, blob.Height - 2));
    }

    private static ShapeColour? NearestColour((byte Red, byte Green, byte Blue) colour)
    {
        var (nearest, distance) = (default(ShapeColour?), FarthestColour);
        foreach (var candidate in ShapeNames.Colours)
        {
            var (red, green, blue) = Palette.Of(candidate);
            var apart = Math.Sqrt(Math.Pow(red - colour.Red, 2) + Math.Pow(green - colour.Green, 2) + Math.Pow(blue - colour.Blue, 2));
            if (apart < distance)
                (nearest, distance) = (candidate, apart);
        }
        return nearest;
    }
}
