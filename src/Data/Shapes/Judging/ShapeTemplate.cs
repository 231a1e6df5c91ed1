namespace PairUni.Data.Shapes.Judging;

/// <summary>
/// The judge's own picture of a shape: a fine bitmap over the unit square kept as a summed-area table, so that the share of any
/// rectangle that the shape covers is four look-ups. Its outlines are polar and polygonal, unlike the renderer's.
/// </summary>
internal sealed class ShapeTemplate
{
    private const int Grid = 128;
    private const int Stride = Grid + 1;
    private const float Steepness = 1.4f;

    private static readonly (double X, double Y)[] HalfHeart =
        [(0, -0.78), (0.15, -0.92), (0.4, -1), (0.7, -0.95), (0.9, -0.76), (1, -0.43), (0.95, -0.15), (0.82, 0.14), (0.55, 0.5), (0.3, 0.77), (0, 1)];

    private readonly ushort[] sums = new ushort[Stride * Stride];

    private ShapeTemplate(ShapeKind shape)
    {
        Shape = shape;
        double total = 0, sumX = 0, sumY = 0;
        for (var row = 0; row < Grid; row++)
        {
            var filled = 0;
            for (var column = 0; column < Grid; column++)
            {
                var (x, y) = ((column + 0.5) / Grid, (row + 0.5) / Grid);
                if (Covers(shape, (2 * x) - 1, (2 * y) - 1))
                {
                    filled++;
                    (total, sumX, sumY) = (total + 1, sumX + x, sumY + y);
                }
                sums[((row + 1) * Stride) + column + 1] = (ushort)(sums[(row * Stride) + column + 1] + filled);
            }
        }
        Area = total / (Grid * Grid);
        (CentroidX, CentroidY) = (sumX / total, sumY / total);
    }

    /// <summary>One template a shape.</summary>
    internal static IReadOnlyList<ShapeTemplate> All { get; } = [.. ShapeNames.Shapes.Select(shape => new ShapeTemplate(shape))];

    internal ShapeKind Shape { get; }

    /// <summary>Share of the unit square that the shape covers.</summary>
    internal double Area { get; }

    /// <summary>Centre of mass from the left, in sides of the square.</summary>
    internal double CentroidX { get; }

    /// <summary>Centre of mass from the top, in sides of the square.</summary>
    internal double CentroidY { get; }

    /// <summary>
    /// Soft intersection over union, sum of minima by sum of maxima, with the blob after giving the template the blob's mass and
    /// centre of mass; so neither a stray pixel at the rim nor the placement decides.
    /// </summary>
    internal double Overlap(Blob blob)
    {
        double mass = 0, sumX = 0, sumY = 0;
        for (var y = 0; y < blob.Height; y++)
            for (var x = 0; x < blob.Width; x++)
            {
                var coverage = blob.Mask[(y * blob.Width) + x];
                (mass, sumX, sumY) = (mass + coverage, sumX + (coverage * (x + 0.5)), sumY + (coverage * (y + 0.5)));
            }
        if (mass <= 0)
            return 0;
        var side = Math.Sqrt(mass / Area);
        var columns = Edges(blob.Width, (sumX / mass) - (CentroidX * side), side);
        var rows = Edges(blob.Height, (sumY / mass) - (CentroidY * side), side);
        var cell = (float)(side * side / (Grid * Grid));
        double inside = 0, drawn = 0, shared = 0;
        for (var y = 0; y < blob.Height; y++)
        {
            var (above, below) = (rows[y] * Stride, rows[y + 1] * Stride);
            for (var x = 0; x < blob.Width; x++)
            {
                var covered = (sums[below + columns[x + 1]] - sums[above + columns[x + 1]] - sums[below + columns[x]] + sums[above + columns[x]]) * cell;
                var expected = Crisp(covered);
                inside += covered;
                drawn += expected;
                shared += Math.Min(expected, blob.Mask[(y * blob.Width) + x]);
            }
        }
        var outside = Math.Max(0, mass - inside);
        return shared / (mass + drawn + outside - shared);
    }

    /// <summary>Steepens a coverage, so that a soft edge and a sharp one count alike.</summary>
    internal static float Crisp(float coverage) => Math.Clamp(((coverage - 0.5f) * Steepness) + 0.5f, 0, 1);

    private static int[] Edges(int count, double origin, double side)
    {
        var edges = new int[count + 1];
        for (var i = 0; i <= count; i++)
            edges[i] = Math.Clamp((int)Math.Round((i - origin) / side * Grid), 0, Grid);
        return edges;
    }

    private static bool Covers(ShapeKind shape, double x, double y)
    {
        var radius = Math.Sqrt((x * x) + (y * y));
        return shape switch
        {
            ShapeKind.Circle => radius < 1,
            ShapeKind.Square => true,
            ShapeKind.Triangle => y > (2 * Math.Abs(x)) - 1,
            ShapeKind.Diamond => Math.Abs(x + y) < 1 && Math.Abs(x - y) < 1,
            ShapeKind.Cross => Math.Abs(x) < 0.33 || Math.Abs(y) < 0.33,
            ShapeKind.Star => radius < StarRadius(Math.Atan2(x, -y)),
            ShapeKind.Ring => radius is > 0.55 and < 1,
            ShapeKind.Heart => InHeart(Math.Abs(x), y),
            _ => false,
        };
    }

    // Distance from the centre to the edge of a five-pointed star, by the sine rule between a tip and the next notch.
    private static double StarRadius(double angle)
    {
        const double tip = 1, notch = 0.44, half = Math.PI / 5;
        var turn = Math.Abs(Math.IEEERemainder(angle, 2 * half));
        return tip * notch * Math.Sin(half) / ((tip * Math.Sin(turn)) + (notch * Math.Sin(half - turn)));
    }

    // The right half as a polygon, clockwise from the notch.
    private static bool InHeart(double x, double y)
    {
        var inside = false;
        for (int i = 0, j = HalfHeart.Length - 1; i < HalfHeart.Length; j = i++)
        {
            var (a, b) = (HalfHeart[i], HalfHeart[j]);
            if (a.Y > y != b.Y > y && (x - a.X) * (b.Y - a.Y) < (y - a.Y) * (b.X - a.X) == b.Y > a.Y)
                inside = !inside;
        }
        return inside;
    }
}
