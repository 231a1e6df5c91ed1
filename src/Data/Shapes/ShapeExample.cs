using PairUni.Modeling.Images;

namespace PairUni.Data.Shapes;

/// <summary>One example for pretraining.</summary>
/// <param name="Record">The prompt and what it asks for.</param>
/// <param name="Scene">What is on the canvas, for losses that look at cells.</param>
/// <param name="Image">The picture of the scene.</param>
/// <param name="Question">A question about the picture.</param>
public sealed record ShapeExample(GenEvalRecord Record, ShapeScene Scene, RgbImage Image, ShapeQuestion Question);
