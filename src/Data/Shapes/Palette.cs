namespace PairUni.Data.Shapes;

/// <summary>The colours' RGB values: all that renderer and judge have in common. Any two are at least 75 RGB units apart.</summary>
public static class Palette
{
    /// <summary>All colours, in the order of <see cref="ShapeColour"/>.</summary>
    public static IReadOnlyList<(byte Red, byte Green, byte Blue)> Colours { get; } =
    [
        (220, 30, 30), (30, 160, 60), (40, 80, 220), (240, 205, 30), (245, 130, 20), (140, 50, 190), (30, 190, 210), (25, 25, 25),
    ];

    /// <summary>The empty canvas.</summary>
    public static (byte Red, byte Green, byte Blue) Background => (238, 238, 238);

    /// <summary>The value of one colour.</summary>
    public static (byte Red, byte Green, byte Blue) Of(ShapeColour colour) => Colours[(int)colour];
}
