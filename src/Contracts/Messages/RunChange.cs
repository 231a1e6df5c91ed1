using MessagePack;

namespace PairUni.Contracts;

/// <summary>New values of settings that may change while a run goes on, between two steps; what is absent stays. Ranges are those of the settings.</summary>
[MessagePackObject]
public sealed record RunChange
{
    /// <summary>learner.lr.</summary>
    [Key(0)]
    public double? Lr { get; init; }

    /// <summary>learner.kl_coef; only of a run that was begun with one above 0, for the others keep no reference.</summary>
    [Key(1)]
    public double? KlCoef { get; init; }

    /// <summary>learner.clip_low.</summary>
    [Key(2)]
    public double? ClipLow { get; init; }

    /// <summary>learner.clip_high.</summary>
    [Key(3)]
    public double? ClipHigh { get; init; }

    /// <summary>learner.max_grad_norm.</summary>
    [Key(4)]
    public double? MaxGradNorm { get; init; }

    /// <summary>learner.pair_weight.</summary>
    [Key(5)]
    public string? PairWeight { get; init; }
}
