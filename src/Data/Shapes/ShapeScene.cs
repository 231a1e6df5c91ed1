namespace PairUni.Data.Shapes;

/// <summary>What is on one canvas.</summary>
/// <param name="Objects">The objects, each in a cell of its own.</param>
public sealed record ShapeScene(IReadOnlyList<PlacedShape> Objects);
