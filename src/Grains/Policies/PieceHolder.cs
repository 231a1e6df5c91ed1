namespace PairUni.Grains;

/// <summary>A process that fetches or serves pieces of one version, as <see cref="PieceTracker"/> knows it.</summary>
internal sealed class PieceHolder(string address)
{
    public string Address { get; } = address;

    /// <summary>Pieces that it serves.</summary>
    public byte[] Held { get; set; } = [];

    /// <summary>Pieces on their way to it: from where, and until when that may take.</summary>
    public Dictionary<int, (string Source, DateTimeOffset Until)> Expected { get; } = [];

    public DateTimeOffset Seen { get; set; }

    /// <summary>Until when nobody is sent to it, as it failed somebody.</summary>
    public DateTimeOffset AvoidedUntil { get; set; }

    /// <summary>Pieces that it is sending.</summary>
    public int Sending { get; set; }
}
