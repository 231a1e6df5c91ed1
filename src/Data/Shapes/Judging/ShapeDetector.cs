using PairUni.Modeling.Images;

namespace PairUni.Data.Shapes.Judging;

/// <summary>Finds shapes in the pixels of an image: patches of foreground, each named by the template that it overlaps most.</summary>
public static class ShapeDetector
{
    private const double FarthestColour = 100;

    // Clean renders overlap their own template by 0.91 and more, every other one by less than 0.84. The scale puts GenEval's
    // thresholds, confidence 0.3 and 0.9 in counting, at overlaps of 0.67 and 0.77.
    private const double NoOverlap = 0.62;
    private const double FullOverlap = 0.79;

    /// <summary>Everything found, most confident first.</summary>
    public static IReadOnlyList<ShapeDetection> Detect(RgbImage image) =>
        [.. BlobFinder.Find(image).Select(Name).OrderByDescending(detection => detection.Confidence)];

    private static ShapeDetection Name(Blob blob)
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
            blob.Left + (blob.Width / 2.0), blob.Top + (blob.Height / 2.0), Math.Max(1, blob.Width - 2), Math.Max(1, blob.Height - 2));
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
