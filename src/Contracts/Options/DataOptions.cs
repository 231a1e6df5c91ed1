using System.ComponentModel.DataAnnotations;

namespace PairUni.Contracts.Options;

/// <summary>The pairs it is trained on.</summary>
public sealed record DataOptions
{
    /// <summary>PairUG JSONL file. Empty: the built-in shapes world, drawn from the seed.</summary>
    [Unit("path")]
    public string? Path { get; init; }

    /// <summary>Number of pairs drawn when the shapes world is used.</summary>
    [Unit("pairs"), Range(1, 1_000_000)]
    public int Pairs { get; init; } = 5600;

    /// <summary>What shares a pair: paired as in the file, random partners, or unpaired (each side weighs alone).</summary>
    [AllowedValues("paired", "random", "unpaired")]
    public string Pairing { get; init; } = "paired";

    /// <summary>How often a pair comes: once an epoch each, or on average in proportion to its similarity, to the root of that (sqrt), or to the weight that the file gives it.</summary>
    [AllowedValues("once", "similarity", "sqrt", "weight")]
    public string Sampling { get; init; } = "once";

    /// <summary>Folder with held-out prompts and questions. Empty: the shapes world's own.</summary>
    [Unit("path")]
    public string? HeldOut { get; init; }
}
