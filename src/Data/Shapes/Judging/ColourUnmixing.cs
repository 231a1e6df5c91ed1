namespace PairUni.Data.Shapes.Judging;

/// <summary>
/// Reads a pixel as a mixture of the background and one palette colour: how much of the colour (coverage) and which colour
/// leaves the least residual. Anti-aliased edges so keep their object's colour instead of passing through others.
/// </summary>
internal static class ColourUnmixing
{
    /// <summary>Coverage above which a pixel belongs to an object.</summary>
    internal const float Foreground = 0.55f;

    private static readonly (float Red, float Green, float Blue) Ground = (Palette.Background.Red, Palette.Background.Green, Palette.Background.Blue);
    private static readonly (float Red, float Green, float Blue, float SquaredLength)[] Directions = [.. Palette.Colours.Select(Direction)];
    private static readonly float ShortestSquared = Directions.Min(direction => direction.SquaredLength) * Foreground * Foreground;

    /// <summary>Index of the palette colour of a foreground pixel; -1 for background.</summary>
    internal static int Label(ReadOnlySpan<byte> rgb)
    {
        var (red, green, blue) = (rgb[0] - Ground.Red, rgb[1] - Ground.Green, rgb[2] - Ground.Blue);
        var squared = (red * red) + (green * green) + (blue * blue);
        if (squared < ShortestSquared)
            return -1;
        var (best, bestResidual, bestCoverage) = (-1, float.MaxValue, 0f);
        for (var i = 0; i < Directions.Length; i++)
        {
            ref readonly var direction = ref Directions[i];
            var dot = (red * direction.Red) + (green * direction.Green) + (blue * direction.Blue);
            var coverage = Math.Clamp(dot / direction.SquaredLength, 0, 1);
            var residual = squared - (2 * coverage * dot) + (coverage * coverage * direction.SquaredLength);
            if (residual < bestResidual)
                (best, bestResidual, bestCoverage) = (i, residual, coverage);
        }
        return bestCoverage > Foreground ? best : -1;
    }

    /// <summary>How much of a colour is in a pixel, 0 to 1.</summary>
    internal static float Coverage(ReadOnlySpan<byte> rgb, (byte Red, byte Green, byte Blue) colour)
    {
        var direction = Direction(colour);
        var dot = ((rgb[0] - Ground.Red) * direction.Red) + ((rgb[1] - Ground.Green) * direction.Green) + ((rgb[2] - Ground.Blue) * direction.Blue);
        return Math.Clamp(dot / direction.SquaredLength, 0, 1);
    }

    private static (float Red, float Green, float Blue, float SquaredLength) Direction((byte Red, byte Green, byte Blue) colour)
    {
        var (red, green, blue) = (colour.Red - Ground.Red, colour.Green - Ground.Green, colour.Blue - Ground.Blue);
        return (red, green, blue, Math.Max(1, (red * red) + (green * green) + (blue * blue)));
    }
}
