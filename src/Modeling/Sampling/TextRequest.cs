using PairUni.Modeling.Images;

namespace PairUni.Modeling.Sampling;

/// <summary>A group of answers to draw: one question about some images, one seed for each answer.</summary>
public sealed record TextRequest(IReadOnlyList<RgbImage> Images, string Question, ulong[] Seeds);
