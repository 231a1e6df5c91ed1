namespace PairUni.Data.Pairing;

/// <summary>The most similar rows of one query, most similar first, ties by index.</summary>
/// <param name="Rows">Their indices.</param>
/// <param name="Similarities">Their cosines, 0 to 1.</param>
/// <param name="Rest">No row that is missing here has a larger cosine; null when none is missing.</param>
internal readonly record struct Neighbours(int[] Rows, float[] Similarities, float? Rest);
