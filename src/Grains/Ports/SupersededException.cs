namespace PairUni.Grains;

/// <summary>A newer learner of the run has come up: this one stops without a word.</summary>
public sealed class SupersededException(string message) : Exception(message);
