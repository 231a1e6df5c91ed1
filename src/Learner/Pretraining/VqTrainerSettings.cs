namespace PairUni.Learner.Pretraining;

/// <summary>How an image tokenizer is trained: first as a plain autoencoder, then with a codebook started by k-means.</summary>
public sealed record VqTrainerSettings
{
    /// <summary>Updates.</summary>
    public int Steps { get; init; } = 3000;

    /// <summary>Images in one update.</summary>
    public int Batch { get; init; } = 24;

    /// <summary>Share of the updates, 0..1, before the codebook is started and used.</summary>
    public double PlainShare { get; init; } = 0.35;

    /// <summary>Share of the updates, 0..1, on crops of half the side, twice as many of them: cheaper, and a code's content is local.</summary>
    public double CropShare { get; init; } = 0.7;

    /// <summary>Peak learning rate; cosine down to <see cref="FloorFraction"/> of it.</summary>
    public double LearningRate { get; init; } = 1.5e-3;

    /// <summary>Steps of warm-up.</summary>
    public int WarmupSteps { get; init; } = 50;

    /// <summary>Rate at the end as a share of the peak.</summary>
    public double FloorFraction { get; init; } = 0.03;

    /// <summary>AdamW's decay of the second moment.</summary>
    public double Beta2 { get; init; } = 0.99;

    /// <summary>Global gradient norm; without clipping the codebook collapses.</summary>
    public double MaxGradNorm { get; init; } = 1;

    /// <summary>Extra weight on pixels within one pixel of something that is not background.</summary>
    public double ForegroundWeight { get; init; } = 3;

    /// <summary>Weight of the pull of latents towards their codes, relative to the pull of codes towards latents.</summary>
    public double Commitment { get; init; } = 0.25;

    /// <summary>Latent vectors that k-means runs on.</summary>
    public int KMeansSamples { get; init; } = 30_000;

    /// <summary>Rounds of k-means.</summary>
    public int KMeansRounds { get; init; } = 15;

    /// <summary>Seed of the choice of crops and of k-means.</summary>
    public ulong Seed { get; init; } = 1;
}
