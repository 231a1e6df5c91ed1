namespace PairUni.Data.Shapes;

/// <summary>The eight shapes of the shapes world.</summary>
public enum ShapeKind
{
    Circle,
    Square,
    Triangle,
    Diamond,
    Cross,
    Star,
    Ring,
    Heart,
}
