using PairUni.Modeling.Images;

namespace PairUni.Data.Shapes;

/// <summary>Draws scenes, anti-aliased by supersampling.</summary>
public static class ShapeRenderer
{
    /// <summary>The image of a scene, <see cref="ShapeWorld.CanvasSize"/> pixels on a side.</summary>
    public static RgbImage Render(ShapeScene scene, ShapeWorld? world = null)
    {
        world ??= ShapeWorld.Default;
        var (red, green, blue) = Palette.Background;
        var image = RgbImage.Filled(world.CanvasSize, world.CanvasSize, red, green, blue);
        foreach (var placed in scene.Objects)
            Draw(image, placed, world);
        return image;
    }

    private static void Draw(RgbImage image, PlacedShape placed, ShapeWorld world)
    {
        var (centreX, centreY) = placed.Centre(world);
        var radius = placed.Size / 2;
        var colour = Palette.Of(placed.Colour);
        for (var y = Math.Max(0, (int)(centreY - radius) - 1); y < Math.Min(image.Height, centreY + radius + 1); y++)
            for (var x = Math.Max(0, (int)(centreX - radius) - 1); x < Math.Min(image.Width, centreX + radius + 1); x++)
            {
                var coverage = Coverage(placed.Shape, (x - centreX) / radius, (y - centreY) / radius, 1 / radius, world.Supersampling);
                if (coverage > 0)
                    Blend(image.Pixels.AsSpan(((y * image.Width) + x) * 3, 3), colour, coverage);
            }
    }

    private static double Coverage(ShapeKind shape, double left, double top, double pixel, int samples)
    {
        var inside = 0;
        for (var row = 0; row < samples; row++)
            for (var column = 0; column < samples; column++)
                if (ShapeOutline.Contains(shape, left + ((column + 0.5) / samples * pixel), top + ((row + 0.5) / samples * pixel)))
                    inside++;
        return inside / (double)(samples * samples);
    }

    private static void Blend(Span<byte> pixel, (byte Red, byte Green, byte Blue) colour, double coverage)
    {
        pixel[0] = Mix(pixel[0], colour.Red, coverage);
        pixel[1] = Mix(pixel[1], colour.Green, coverage);
        pixel[2] = Mix(pixel[2], colour.Blue, coverage);
    }

    private static byte Mix(byte under, byte over, double coverage) => (byte)Math.Round(under + ((over - under) * coverage));
}
