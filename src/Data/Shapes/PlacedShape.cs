namespace PairUni.Data.Shapes;

/// <summary>One object of a scene.</summary>
/// <param name="Shape">Its shape.</param>
/// <param name="Colour">Its colour.</param>
/// <param name="Column">Cell of the lattice, from the left.</param>
/// <param name="Row">Cell of the lattice, from the top.</param>
/// <param name="ShiftX">Shift from the cell's centre to the right, in pixels.</param>
/// <param name="ShiftY">Shift from the cell's centre downwards, in pixels.</param>
/// <param name="Size">Full extent, in pixels.</param>
public sealed record PlacedShape(ShapeKind Shape, ShapeColour Colour, int Column, int Row, double ShiftX, double ShiftY, double Size)
{
    /// <summary>The centre on the canvas, in pixels from the left top corner.</summary>
    public (double X, double Y) Centre(ShapeWorld world) =>
        (((Column + 0.5) * world.CellSize) + ShiftX, ((Row + 0.5) * world.CellSize) + ShiftY);
}
