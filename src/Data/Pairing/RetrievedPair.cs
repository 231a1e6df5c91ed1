namespace PairUni.Data.Pairing;

/// <summary>Two images that were found alike.</summary>
/// <param name="Understand">Index in the understanding pool.</param>
/// <param name="Generate">Index in the generation pool.</param>
/// <param name="Similarity">Cosine of their features, 0 to 1.</param>
public readonly record struct RetrievedPair(int Understand, int Generate, double Similarity);
