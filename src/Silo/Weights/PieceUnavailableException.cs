namespace PairUni.Silo;

/// <summary>One source did not deliver one piece; another may.</summary>
internal sealed class PieceUnavailableException(string clause) : Exception(clause);
