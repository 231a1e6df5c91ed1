namespace PairUni.Data.Shapes;

/// <summary>The eight colours of the shapes world; <see cref="Palette"/> has their values.</summary>
public enum ShapeColour
{
    Red,
    Green,
    Blue,
    Yellow,
    Orange,
    Purple,
    Cyan,
    Black,
}
