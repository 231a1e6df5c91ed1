namespace Orleans.Networking;

/// <summary>The bytes of a connection are not what this protocol allows; the connection is closed.</summary>
internal sealed class ProtocolException(string message) : Exception(message);
