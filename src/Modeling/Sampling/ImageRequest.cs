namespace PairUni.Modeling.Sampling;

/// <summary>A group of images to draw: one prompt, one seed for each image.</summary>
public sealed record ImageRequest(string Prompt, ulong[] Seeds);
