using System.ComponentModel.DataAnnotations;

namespace PairUni.Contracts.Options;

/// <summary>What is written for people to look at.</summary>
public sealed record LogOptions
{
    /// <summary>Steps between saved samples. 0: none.</summary>
    [Unit("steps"), Range(0, 100_000_000)]
    public int SamplesEvery { get; init; } = 50;

    /// <summary>Whether TensorBoard events are written to tb/.</summary>
    public bool Tensorboard { get; init; } = true;
}
