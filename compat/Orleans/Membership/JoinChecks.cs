using Orleans.Networking;
using Orleans.Runtime;

namespace Orleans.Membership;

/// <summary>What must hold before a silo joins.</summary>
internal static class JoinChecks
{
    /// <exception cref="OrleansConfigurationException">One of the silos that are there speaks another version of the protocol.</exception>
    public static void Protocol(IEnumerable<SiloRow> others)
    {
        if (others.FirstOrDefault(row => row.Protocol != Introduction.Version) is { } other)
        {
            throw new OrleansConfigurationException(
                $"Silo {other.Name} at {other.Address.Endpoint} speaks version {other.Protocol} of the protocol and this one version {Introduction.Version}; run the same release everywhere.");
        }
    }

    /// <exception cref="OrleansConfigurationException">The clock of this machine and that of Redis differ by more than the limit.</exception>
    public static void Clock(DateTimeOffset here, SiloTable table, TimeSpan limit)
    {
        var ahead = here - DateTimeOffset.FromUnixTimeMilliseconds(table.Time);
        if (ahead.Duration() > limit)
        {
            throw new OrleansConfigurationException(
                $"This machine's clock is {Math.Abs(ahead.TotalSeconds):0} s {(ahead > TimeSpan.Zero ? "ahead of" : "behind")} the one of Redis; set both by the same time server (at most {limit.TotalSeconds:0} s apart).");
        }
    }
}
