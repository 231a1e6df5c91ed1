using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.Membership;

/// <summary>What is logged of a cluster's silos.</summary>
internal sealed partial class MembershipLog(ILogger<MembershipLog> logger)
{
    [LoggerMessage(1, LogLevel.Information, "Silo {Name} at {Address} is {Status}.")]
    public partial void Changed(string name, SiloAddress address, SiloStatus status);

    [LoggerMessage(2, LogLevel.Warning, "{Address} did not answer a probe ({Missed} in a row): {Reason}")]
    public partial void Missed(SiloAddress address, int missed, string reason);

    [LoggerMessage(3, LogLevel.Warning, "{Address} is suspected to be gone ({Votes} of {Needed} votes).")]
    public partial void Suspected(SiloAddress address, int votes, int needed);

    [LoggerMessage(4, LogLevel.Warning, "{Address} is declared dead: {Reason}")]
    public partial void Declared(SiloAddress address, string reason);

    [LoggerMessage(5, LogLevel.Warning, "Redis is away; the cluster stays as it was last known, and new activations wait: {Reason}")]
    public partial void RedisAway(string reason);

    [LoggerMessage(11, LogLevel.Information, "Redis is back.")]
    public partial void RedisBack();

    [LoggerMessage(6, LogLevel.Critical, "This silo ends: {Reason}")]
    public partial void Fatal(string reason);

    [LoggerMessage(7, LogLevel.Warning, "{Address} could not be reached while joining: {Reason}")]
    public partial void NotReachedWhileJoining(SiloAddress address, string reason);

    [LoggerMessage(8, LogLevel.Warning, "The membership table has lost this silo's row; it is written again.")]
    public partial void RowLost();

    [LoggerMessage(9, LogLevel.Warning, "This silo was held up for {Time}; the probes of that time do not count.")]
    public partial void HeldUp(TimeSpan time);

    [LoggerMessage(10, LogLevel.Error, "A part of the membership protocol failed; it goes on.")]
    public partial void Failed(Exception exception);
}
