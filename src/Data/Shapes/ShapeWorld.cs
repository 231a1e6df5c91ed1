namespace PairUni.Data.Shapes;

/// <summary>Every number of the shapes world.</summary>
public sealed record ShapeWorld
{
    /// <summary>The world that janus-nano lives in.</summary>
    public static ShapeWorld Default { get; } = new();

    /// <summary>Side of the square canvas, in pixels.</summary>
    public int CanvasSize { get; init; } = 32;

    /// <summary>Cells on a side of the lattice; an object sits in a cell of its own.</summary>
    public int Cells { get; init; } = 4;

    /// <summary>Least distance of two objects on the wider axis, in cells; 2 keeps a free cell between them.</summary>
    public int Spacing { get; init; } = 2;

    /// <summary>Step of shifts and sizes, in pixels.</summary>
    public double Step { get; init; } = 0.5;

    /// <summary>Largest shift of an object from its cell's centre on either axis, in pixels.</summary>
    public double Jitter { get; init; } = 0.5;

    /// <summary>Smallest full extent of an object, in pixels.</summary>
    public double MinSize { get; init; } = 7;

    /// <summary>Largest full extent of an object, in pixels.</summary>
    public double MaxSize { get; init; } = 8;

    /// <summary>Samples on a side of each pixel for anti-aliasing.</summary>
    public int Supersampling { get; init; } = 8;

    /// <summary>Least distance of subject and reference in a position scene, as a share of the canvas.</summary>
    public double MinRelationDistance { get; init; } = 0.3;

    /// <summary>Largest angle between subject and the relation's axis, in degrees.</summary>
    public double MaxRelationAngle { get; init; } = 30;

    /// <summary>Share of the combinations of each tag that training never sees.</summary>
    public double HeldOutShare { get; init; } = 0.15;

    /// <summary>Chooses which combinations are held out.</summary>
    public ulong HeldOutSeed { get; init; } = 43;

    /// <summary>Side of a cell, in pixels.</summary>
    public int CellSize => CanvasSize / Cells;
}
