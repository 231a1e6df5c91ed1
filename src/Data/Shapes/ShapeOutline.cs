namespace PairUni.Data.Shapes;

/// <summary>The renderer's shapes as inside tests on the square -1..1, y downwards.</summary>
internal static class ShapeOutline
{
    private const double CrossArm = 0.34;
    private const double RingHole = 0.55;
    private const double StarWaist = 0.45;
    private const double StarDrop = 0.095;
    private static readonly (double X, double Y)[] StarCorners = [.. Enumerable.Range(0, 10).Select(StarCorner)];

    internal static bool Contains(ShapeKind shape, double x, double y) => shape switch
    {
        ShapeKind.Circle => (x * x) + (y * y) <= 1,
        ShapeKind.Square => Math.Abs(x) <= 0.92 && Math.Abs(y) <= 0.92,
        ShapeKind.Triangle => y <= 0.92 && 2 * Math.Abs(x) <= y + 1,
        ShapeKind.Diamond => Math.Abs(x) + Math.Abs(y) <= 1,
        ShapeKind.Cross => Math.Min(Math.Abs(x), Math.Abs(y)) <= CrossArm && Math.Max(Math.Abs(x), Math.Abs(y)) <= 1,
        ShapeKind.Star => InStar(x, y),
        ShapeKind.Ring => (x * x) + (y * y) is >= RingHole * RingHole and <= 1,
        ShapeKind.Heart => InHeart(1.14 * x, 0.118 - (1.118 * y)),
        _ => throw new ArgumentOutOfRangeException(nameof(shape), shape, "not a shape"),
    };

    // The sextic (x^2 + y^2 - 1)^3 = x^2 y^3, y upwards.
    private static bool InHeart(double x, double y)
    {
        var disc = (x * x) + (y * y) - 1;
        return (disc * disc * disc) - (x * x * y * y * y) <= 0;
    }

    // Even-odd rule over the ten corners.
    private static bool InStar(double x, double y)
    {
        var inside = false;
        for (int i = 0, j = StarCorners.Length - 1; i < StarCorners.Length; j = i++)
        {
            var (a, b) = (StarCorners[i], StarCorners[j]);
            if (a.Y > y != b.Y > y && x < ((b.X - a.X) * (y - a.Y) / (b.Y - a.Y)) + a.X)
                inside = !inside;
        }
        return inside;
    }

    private static (double X, double Y) StarCorner(int corner)
    {
        var radius = corner % 2 == 0 ? 1.05 : 1.05 * StarWaist;
        var angle = Math.PI * corner / 5;
        return (radius * Math.Sin(angle), StarDrop - (radius * Math.Cos(angle)));
    }
}
