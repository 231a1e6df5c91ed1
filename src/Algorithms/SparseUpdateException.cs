namespace PairUni.Algorithms;

/// <summary>Bytes are no sparse update, or none of the array that they are applied to.</summary>
public sealed class SparseUpdateException(string fault) : Exception($"The sparse update {fault}; fetch the whole piece instead.");
