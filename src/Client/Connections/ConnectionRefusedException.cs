namespace PairUni.Client;

/// <summary>A connection came to nothing because one side did not prove that it knows the cluster's token.</summary>
public sealed class ConnectionRefusedException(string sentence) : Exception(sentence);
