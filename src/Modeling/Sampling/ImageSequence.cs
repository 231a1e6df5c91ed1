namespace PairUni.Modeling.Sampling;

/// <summary>A group of drawn images to be scored: the prompt's ids up to begin-of-image, and [G][N] tokens.</summary>
public sealed record ImageSequence(int[] PromptIds, int[][] Tokens);
