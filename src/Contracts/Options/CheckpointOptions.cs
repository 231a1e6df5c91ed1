using System.ComponentModel.DataAnnotations;

namespace PairUni.Contracts.Options;

/// <summary>When the run is saved and what is kept.</summary>
public sealed record CheckpointOptions
{
    /// <summary>Steps between checkpoints; one is also written at the end and on Ctrl-C. 0: only those.</summary>
    [Unit("steps"), Range(0, 100_000_000)]
    public int Every { get; init; } = 20;

    /// <summary>Newest checkpoints that are kept.</summary>
    [Unit("checkpoints"), Range(1, 100_000)]
    public int KeepLast { get; init; } = 2;

    /// <summary>Checkpoints at multiples of this step are kept for good. 0: none.</summary>
    [Unit("steps"), Range(0, 100_000_000)]
    public int KeepEvery { get; init; }
}
