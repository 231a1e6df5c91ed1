namespace PairUni.Algorithms;

/// <summary>The learning rate of every step: linear warm-up to the peak, then constant, linear or cosine down to a floor.</summary>
public sealed record LearningRateSchedule
{
    /// <summary>Highest rate; above 0.</summary>
    public required double Peak { get; init; }

    /// <summary>Steps of warm-up; step k of them (from 0) runs at (k + 1) / WarmupSteps of the peak. 0 starts at the peak.</summary>
    public int WarmupSteps { get; init; }

    /// <summary>Steps in all; the floor is reached at this step, one after the last. Not used by Constant.</summary>
    public int TotalSteps { get; init; }

    /// <summary>Shape after warm-up.</summary>
    public LearningRateDecay Decay { get; init; } = LearningRateDecay.Constant;

    /// <summary>Rate at the end, as a share of the peak, 0..1.</summary>
    public double FloorFraction { get; init; }

    /// <summary>The rate for the update of step <paramref name="step"/>, counted from 0.</summary>
    public double At(int step)
    {
        if (step < WarmupSteps) return Peak * (step + 1) / WarmupSteps;
        var left = TotalSteps <= WarmupSteps ? 1.0 : 1 - Math.Clamp((double)(step - WarmupSteps) / (TotalSteps - WarmupSteps), 0, 1);
        var share = Decay switch
        {
            LearningRateDecay.Constant => 1,
            LearningRateDecay.Linear => left,
            LearningRateDecay.Cosine => 0.5 * (1 + Math.Cos(Math.PI * (1 - left))),
            _ => throw new InvalidOperationException($"Unknown learning-rate decay {Decay}."),
        };
        return Peak * (FloorFraction + ((1 - FloorFraction) * share));
    }
}
