using System.Globalization;
using System.Net;

namespace Orleans.Runtime;

/// <summary>Endpoint of a silo and the generation that tells it from earlier processes there.</summary>
public sealed class SiloAddress : IEquatable<SiloAddress>, IComparable<SiloAddress>
{
    private static readonly DateTime GenerationEpoch = new(2022, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static int _lastGeneration;

    private SiloAddress(IPEndPoint endpoint, int generation)
    {
        Endpoint = endpoint;
        Generation = generation;
    }

    /// <summary>No silo.</summary>
    public static SiloAddress Zero { get; } = New(new IPEndPoint(IPAddress.Any, 0), 0);

    /// <summary>Address and port for other silos.</summary>
    public IPEndPoint Endpoint { get; }

    /// <summary>Seconds since 2022 when the silo started; negative for a client.</summary>
    public int Generation { get; }

    /// <summary>True for a client.</summary>
    public bool IsClient => Generation < 0;

    /// <summary>An address.</summary>
    public static SiloAddress New(IPEndPoint ep, int gen) => new(ep, gen);

    /// <summary>An address.</summary>
    public static SiloAddress New(IPAddress address, int port, int generation) => new(new IPEndPoint(address, port), generation);

    /// <summary>A generation for a silo that starts now, higher than any that this process gave before.</summary>
    public static int AllocateNewGeneration()
    {
        var now = (int)(TimeProvider.System.GetUtcNow().UtcDateTime - GenerationEpoch).TotalSeconds;
        while (true)
        {
            var last = Volatile.Read(ref _lastGeneration);
            var next = Math.Max(now, last + 1);
            if (Interlocked.CompareExchange(ref _lastGeneration, next, last) == last)
            {
                return next;
            }
        }
    }

    /// <summary>Reads what <see cref="ToParsableString"/> wrote.</summary>
    public static SiloAddress FromParsableString(string addr)
    {
        var at = addr.LastIndexOf('@');
        return at > 0
            && IPEndPoint.TryParse(addr.AsSpan(0, at), out var endpoint)
            && int.TryParse(addr.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var generation)
            ? New(endpoint, generation)
            : throw new FormatException($"\"{addr}\" is no silo address; expected address:port@generation.");
    }

    /// <summary><c>127.0.0.1:41111@154264584</c>.</summary>
    public string ToParsableString() => $"{Endpoint}@{Generation}";

    /// <inheritdoc/>
    public override string ToString() => $"S{Endpoint}:{Generation}";

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SiloAddress);

    /// <inheritdoc/>
    public bool Equals(SiloAddress? other) => other is not null && Generation == other.Generation && Endpoint.Equals(other.Endpoint);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Endpoint, Generation);

    /// <inheritdoc/>
    public int CompareTo(SiloAddress? other) =>
        other is null ? 1
        : Generation != other.Generation ? Generation.CompareTo(other.Generation)
        : string.CompareOrdinal(Endpoint.ToString(), other.Endpoint.ToString());
}
