namespace PairUni.Silo;

/// <summary>Bounds of what a process sends and gets at once.</summary>
public sealed record WeightSharingOptions
{
    /// <summary>Address under which other processes reach this one's HTTP port, such as http://10.0.0.7:8080; asked for when first needed.</summary>
    public required Func<Uri> Address { get; init; }

    /// <summary>The cluster token; nothing where the cluster has none.</summary>
    public ClusterToken? Token { get; init; }

    /// <summary>The cluster's TLS; nothing where it has none.</summary>
    public ClusterTls? Tls { get; init; }

    /// <summary>Pieces that are sent at once. Default: 2, so that training goes on beside it.</summary>
    public int MaxSends { get; init; } = 2;

    /// <summary>Requests that wait for their turn; further ones are sent elsewhere.</summary>
    public int MaxWaiting { get; init; } = 64;

    /// <summary>Pieces that are fetched at once.</summary>
    public int MaxFetches { get; init; } = 4;

    /// <summary>Pieces asked for in one claim.</summary>
    public int MaxPieces { get; init; } = 8;

    /// <summary>Longest time for one piece.</summary>
    public TimeSpan PieceLimit { get; init; } = Grains.PieceTracker.GrantLimit;

    /// <summary>Longest time until a source begins to send a piece: one that stands still is left for another.</summary>
    public TimeSpan AnswerLimit { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Longest time in which a receiver takes none of what is sent to it; then its turn goes to another.</summary>
    public TimeSpan StallLimit { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Longest time without a single piece that arrives; then the fetch gives up with the last reason.</summary>
    public TimeSpan NoProgressLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a process says again what it holds.</summary>
    public TimeSpan AnnouncePeriod { get; init; } = TimeSpan.FromSeconds(20);
}
