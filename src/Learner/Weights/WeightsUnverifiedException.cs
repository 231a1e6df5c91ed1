namespace PairUni.Learner.Weights;

/// <summary>Weights that arrived are not the ones that were published, or not for this model; nothing was changed.</summary>
public sealed class WeightsUnverifiedException(string sentence) : Exception(sentence);
