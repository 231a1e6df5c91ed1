namespace PairUni.Cli.Scoring;

/// <summary>What an image is worth as a picture of a prompt.</summary>
/// <param name="Image">Path as it was given.</param>
/// <param name="Prompt">The prompt.</param>
/// <param name="Score">Cosine of the features.</param>
internal sealed record ImageScore(string Image, string Prompt, float Score);
