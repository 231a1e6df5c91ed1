using System.Net;
using System.Text.Json.Serialization;
using Orleans.Runtime;

namespace Orleans.Membership;

/// <summary>A suspicion: who suspects, and when (milliseconds since 1970 by Redis' clock).</summary>
internal sealed record Suspicion(string Silo, long Time);

/// <summary>One silo's row in the membership table. Stored as JSON.</summary>
internal sealed record SiloRow(
    string Silo, string Name, SiloStatus Status, int GatewayPort, uint Protocol, long Started, Suspicion[] Suspects, HostedClass[] Classes)
{
    [JsonIgnore]
    public SiloAddress Address => field ??= SiloAddress.FromParsableString(Silo);

    /// <summary>The same silo after its end; what it hosted does not matter any more.</summary>
    public SiloRow Buried() => this with { Status = SiloStatus.Dead, Classes = [] };

    /// <summary>Where clients connect to.</summary>
    [JsonIgnore]
    public IPEndPoint? Gateway => GatewayPort == 0 ? null : new IPEndPoint(Address.Endpoint.Address, GatewayPort);
}

/// <summary>A silo's last sign of life (milliseconds since 1970 by Redis' clock) and how many activations it had.</summary>
internal readonly record struct LifeSign(long Time, int Activations);

/// <summary>The table as it was at one moment (<see cref="Time"/>, by Redis' clock).</summary>
internal sealed record SiloTable(long Version, long Time, IReadOnlyDictionary<SiloAddress, SiloRow> Rows, IReadOnlyDictionary<SiloAddress, LifeSign> Signs)
{
    public static readonly SiloTable Empty = new(0, 0, new Dictionary<SiloAddress, SiloRow>(), new Dictionary<SiloAddress, LifeSign>());

    /// <summary>False when the row of the silo that reads was known but is not in the table.</summary>
    public bool HasOwn { get; init; } = true;

    public IEnumerable<SiloRow> Active => Rows.Values.Where(row => row.Status == SiloStatus.Active);
}
