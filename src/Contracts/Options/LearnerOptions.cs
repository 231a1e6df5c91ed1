using System.ComponentModel.DataAnnotations;

namespace PairUni.Contracts.Options;

/// <summary>How the policy is updated.</summary>
public sealed record LearnerOptions
{
    /// <summary>Pairs in one training step; each gives one image group and one answer group.</summary>
    [Unit("pairs"), Range(1, 65536)]
    public int PairsPerStep { get; init; } = 20;

    /// <summary>Training steps of the run.</summary>
    [Unit("steps"), Range(1, 100_000_000)]
    public int MaxSteps { get; init; } = 280;

    /// <summary>Peak learning rate of AdamW.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double Lr { get; init; } = 2e-4;

    /// <summary>Steps over which the learning rate rises from 0 to its peak.</summary>
    [Unit("steps"), Range(0, 100_000_000)]
    public int WarmupSteps { get; init; } = 5;

    /// <summary>How the learning rate goes on after the warm-up; linear and cosine end at 0 after max_steps.</summary>
    [AllowedValues("constant", "linear", "cosine")]
    public string LrSchedule { get; init; } = "linear";

    /// <summary>Decoupled weight decay of AdamW.</summary>
    [Range(0.0, 1.0)]
    public double WeightDecay { get; init; }

    /// <summary>AdamW's decay of the gradient's mean.</summary>
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double Beta1 { get; init; } = 0.9;

    /// <summary>AdamW's decay of the squared gradient's mean.</summary>
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double Beta2 { get; init; } = 0.95;

    /// <summary>Term that keeps AdamW's denominator from zero.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double Eps { get; init; } = 1e-8;

    /// <summary>Gradients are scaled down to this global L2 norm; 0 leaves them alone.</summary>
    [Range(0.0, 1e9)]
    public double MaxGradNorm { get; init; } = 1;

    /// <summary>Weight of the KL penalty to the starting model (k3 estimator); 0 turns it off and saves the reference's memory.</summary>
    [Range(0.0, 1000.0)]
    public double KlCoef { get; init; }

    /// <summary>The probability ratio is clipped below at 1 - clip_low.</summary>
    [Range(0.0, 1.0)]
    public double ClipLow { get; init; } = 0.2;

    /// <summary>The probability ratio is clipped above at 1 + clip_high.</summary>
    [Range(0.0, 100.0)]
    public double ClipHigh { get; init; } = 0.2;

    /// <summary>Upper bound of the ratio in the unclipped term as well (two-sided clipping). Empty: none.</summary>
    [Range(1.0, 1e6)]
    public double? Delta { get; init; }

    /// <summary>What is done about samples that an older version or another program's arithmetic produced: none (only the clipped ratio to the version that made them), tis (truncated importance sampling), mis (masked), or decoupled (decoupled PPO).</summary>
    [AllowedValues("none", "tis", "mis", "decoupled")]
    public string OffPolicy { get; init; } = "none";

    /// <summary>What an importance weight of off_policy belongs to: a token, a sequence (product over its tokens), or geometric (their geometric mean).</summary>
    [AllowedValues("token", "sequence", "geometric")]
    public string OffPolicyLevel { get; init; } = "token";

    /// <summary>Largest importance weight: tis cuts larger ones down to it, mis and decoupled leave their tokens out.</summary>
    [Range(0.0, 1e6, MinimumIsExclusive = true)]
    public double OffPolicyCap { get; init; } = 5;

    /// <summary>Smallest importance weight that mis lets through.</summary>
    [Range(0.0, 1.0)]
    public double OffPolicyFloor { get; init; } = 0.5;

    /// <summary>What the token losses are divided by: grpo, dr_grpo, dapo or bnpo as in TRL.</summary>
    [AllowedValues("grpo", "dr_grpo", "dapo", "bnpo")]
    public string LossType { get; init; } = "grpo";

    /// <summary>What advantages are divided by: the group's standard deviation, the batch's per task, or nothing.</summary>
    [AllowedValues("group", "batch", "none")]
    public string ScaleRewards { get; init; } = "group";

    /// <summary>Weight of a retrieved pair from its similarity s: sqrt(s), s (linear), or 1 (none). Aligned pairs weigh 1.</summary>
    [AllowedValues("sqrt", "linear", "none")]
    public string PairWeight { get; init; } = "sqrt";

    /// <summary>Weight of the generation loss.</summary>
    [Range(0.0, 1000.0)]
    public double GenerateWeight { get; init; } = 1;

    /// <summary>Weight of the understanding loss.</summary>
    [Range(0.0, 1000.0)]
    public double UnderstandWeight { get; init; } = 1;

    /// <summary>Optimiser updates made on each batch.</summary>
    [Unit("updates"), Range(1, 64)]
    public int UpdatesPerBatch { get; init; } = 1;

    /// <summary>Groups in one forward and backward pass; smaller needs less memory and gives the same update.</summary>
    [Unit("groups"), Range(1, 65536)]
    public int MicroBatchGroups { get; init; } = 4;

    /// <summary>Parameters whose names begin with one of these are not trained. What names image codes is kept by default: what was learnt of one colour or shape then carries over to others.</summary>
    public IReadOnlyList<string> Freeze { get; init; } =
        ["vision_model", "aligner", "gen_vision_model", "gen_embed", "gen_aligner", "gen_head"];

    /// <summary>Threads of the learner. The metrics of a run are the same bits only while this stays the same.</summary>
    [Unit("threads"), Range(1, 256)]
    public int Threads { get; init; } = 2;
}
