using PairUni.Modeling.Images;

namespace PairUni.Learner.Pretraining;

/// <summary>A caption and an image of it.</summary>
public sealed record DrawingExample(string Caption, RgbImage Image);
