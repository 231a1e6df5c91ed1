namespace PairUni.Learner.Losses;

/// <summary>Bounds of the clipped objective and the weight of its KL term.</summary>
public sealed record PairGrpoOptions
{
    /// <summary>The ratio is clipped below at 1 - ClipLow; 0..1.</summary>
    public double ClipLow { get; init; } = 0.2;

    /// <summary>The ratio is clipped above at 1 + ClipHigh; 0 or more (DAPO takes 0.28).</summary>
    public double ClipHigh { get; init; } = 0.2;

    /// <summary>Cap on the unclipped ratio, above 1 + ClipHigh; null for none (two-sided clipping, INTELLECT-2 takes 4).</summary>
    public double? Delta { get; init; }

    /// <summary>Weight of the k3 KL to the reference; 0 leaves it out.</summary>
    public double KlCoef { get; init; }
}
