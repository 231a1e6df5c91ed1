namespace PairUni.Grains;

/// <summary>Weights could not be verified; the worker must not generate with them.</summary>
public sealed class WeightsRejectedException(string sentence) : Exception(sentence);
