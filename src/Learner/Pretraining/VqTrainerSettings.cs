namespace PairUni.Learner.Pretraining;

/// <summary>How an image tokenizer is trained: first as a plain autoencoder, then with a codebook started by k-means.</summary>
public sealed record VqTrainerSettings
{
    /// <summary>Updates before the codebook is started and used.</summary>
    public int PlainSteps { get; init; } = 800;

    /// <summary>Updates with the codebook.</summary>
    public int CodeSteps { get; init; } = 1600;

    /// <summary>Images in one update.</summary>
    public int Batch { get; init; } = 16;

    /// <summary>Peak learning rate; cosine down to <see cref="FloorFraction"/> of it.</summary>
    public double LearningRate { get; init; } = 2e-3;

    /// <summary>Steps of warm-up.</summary>
    public int WarmupSteps { get; init; } = 30;

    /// <summary>Rate at the end as a share of the peak.</summary>
    public double FloorFraction { get; init; } = 0.05;

    /// <summary>AdamW's decay of the second moment.</summary>
    public double Beta2 { get; init; } = 0.99;

    /// <summary>Global gradient norm; without clipping the codebook collapses.</summary>
    public double MaxGradNorm { get; init; } = 1;

    /// <summary>Extra weight on pixels within one pixel of something that is not background.</summary>
    public double ForegroundWeight { get; init; } = 4;

    /// <summary>Weight of the auxiliary cell classifier.</summary>
    public double CellWeight { get; init; } = 0.3;

    /// <summary>
    /// Weight of the pull of empty cells towards one point. Without it k-means spends most codes on shades of emptiness, which then
    /// are noise to whoever draws.
    /// </summary>
    public double AnchorWeight { get; init; } = 0.1;

    /// <summary>Codes that start at latents of empty cells; all others start at latents of objects.</summary>
    public int EmptyCodes { get; init; } = 1;

    /// <summary>Weight of the pull of latents towards their codes.</summary>
    public double Commitment { get; init; } = 2;

    /// <summary>Weight of the pull of codes towards latents.</summary>
    public double CodebookWeight { get; init; } = 8;

    /// <summary>Latent vectors of objects that k-means runs on, and of empty cells.</summary>
    public int KMeansSamples { get; init; } = 14_000;

    /// <summary>Rounds of k-means.</summary>
    public int KMeansRounds { get; init; } = 12;

    /// <summary>Updates between two revivals of codes that went out of use; 0 for none.</summary>
    public int ReviveEvery { get; init; } = 50;

    /// <summary>Seed of weights, k-means and revivals.</summary>
    public ulong Seed { get; init; } = 1;
}
