namespace PairUni.Data.Shapes.Judging;

/// <summary>GenEval's rule for where one box lies from another.</summary>
internal static class ShapeRelation
{
    private const double Shrink = 0.1;
    private const double Least = 0.5;

    /// <summary>
    /// The offset of the box centres, shrunk towards zero on each axis by a tenth of both sizes and divided by the centres'
    /// distance, must exceed a half in the relation's direction (y grows downwards).
    /// </summary>
    internal static bool Holds(string relation, ShapeDetection subject, ShapeDetection reference)
    {
        var (dx, dy) = (subject.X - reference.X, subject.Y - reference.Y);
        var distance = Math.Sqrt((dx * dx) + (dy * dy));
        if (distance == 0)
            return false;
        var right = Shrunk(dx, subject.Width + reference.Width) / distance;
        var down = Shrunk(dy, subject.Height + reference.Height) / distance;
        return relation switch
        {
            "left of" => right < -Least,
            "right of" => right > Least,
            "above" => down < -Least,
            "below" => down > Least,
            _ => throw new ArgumentOutOfRangeException(nameof(relation), relation, "not a relation"),
        };
    }

    private static double Shrunk(double offset, double sizes) => Math.Sign(offset) * Math.Max(0, Math.Abs(offset) - (Shrink * sizes));
}
