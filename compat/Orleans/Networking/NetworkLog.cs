using System.Net;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.Networking;

/// <summary>What is logged of connections.</summary>
internal sealed partial class NetworkLog(ILogger<NetworkLog> logger)
{
    [LoggerMessage(1, LogLevel.Information, "Listening for {Who} at {Endpoint}.")]
    public partial void Listening(string who, EndPoint endpoint);

    [LoggerMessage(2, LogLevel.Debug, "Connected to {Name} at {Address}.")]
    public partial void Connected(string name, SiloAddress address);

    [LoggerMessage(3, LogLevel.Debug, "{Name} at {Address} has connected.")]
    public partial void Accepted(string name, SiloAddress address);

    [LoggerMessage(4, LogLevel.Information, "The connection with {Name} at {Address} ended: {Reason}.")]
    public partial void Ended(string name, SiloAddress address, string reason);

    [LoggerMessage(5, LogLevel.Warning, "The connection with {Name} at {Address} ({Endpoint}) is closed, because it sent what no silo sends: {Reason}")]
    public partial void Malformed(string name, SiloAddress address, EndPoint? endpoint, string reason);

    [LoggerMessage(6, LogLevel.Warning, "A connection from {Endpoint} is refused: {Reason}")]
    public partial void Refused(EndPoint? endpoint, string reason);

    [LoggerMessage(7, LogLevel.Warning, "{Address} cannot be reached: {Reason}")]
    public partial void Unreachable(SiloAddress address, string reason);

    [LoggerMessage(8, LogLevel.Error, "Connections cannot be accepted at {Endpoint}.")]
    public partial void AcceptFailed(EndPoint endpoint, Exception exception);
}
