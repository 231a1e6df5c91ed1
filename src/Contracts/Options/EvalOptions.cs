using System.ComponentModel.DataAnnotations;

namespace PairUni.Contracts.Options;

/// <summary>What is measured on held-out prompts and questions, with the same seeds before and after.</summary>
public sealed record EvalOptions
{
    /// <summary>Held-out prompts of each of the six tags.</summary>
    [Unit("prompts"), Range(1, 100_000)]
    public int PromptsPerTag { get; init; } = 24;

    /// <summary>Images drawn for each prompt.</summary>
    [Unit("images"), Range(1, 1024)]
    public int SamplesPerPrompt { get; init; } = 4;

    /// <summary>Held-out questions, answered greedily.</summary>
    [Unit("questions"), Range(1, 1_000_000)]
    public int Questions { get; init; } = 400;

    /// <summary>Steps between held-out points on the curve, a multiple of checkpoint.every; those checkpoints are kept and measured after the run. 0: only before and after.</summary>
    [Unit("steps"), Range(0, 100_000_000)]
    public int Every { get; init; }
}
