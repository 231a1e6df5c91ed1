namespace PairUni.Data.Shapes.Judging;

/// <summary>One object that was found in an image.</summary>
/// <param name="Shape">The shape that fits best.</param>
/// <param name="Colour">Its colour; null when no palette colour is near.</param>
/// <param name="Confidence">How well the shape fits, 0 to 1.</param>
/// <param name="X">Centre of the bounding box from the left, in pixels.</param>
/// <param name="Y">Centre of the bounding box from the top, in pixels.</param>
/// <param name="Width">Width of the bounding box, in pixels.</param>
/// <param name="Height">Height of the bounding box, in pixels.</param>
public sealed record ShapeDetection(ShapeKind Shape, ShapeColour? Colour, double Confidence, double X, double Y, double Width, double Height);
