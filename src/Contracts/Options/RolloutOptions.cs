using System.ComponentModel.DataAnnotations;

namespace PairUni.Contracts.Options;

/// <summary>How groups are generated.</summary>
public sealed record RolloutOptions
{
    /// <summary>Rollout workers in this process.</summary>
    [Unit("workers"), Range(1, 1024)]
    public int Workers { get; init; } = 2;

    /// <summary>Threads of each worker. The metrics of a run are the same bits only while this stays the same.</summary>
    [Unit("threads"), Range(1, 256)]
    public int Threads { get; init; } = 1;

    /// <summary>
    /// Type of the weights that workers generate with, and in which each version travels to them; empty takes model.dtype. With float32 in
    /// the learner and bfloat16 here, versions are half as long and the next one differs from the last in few elements.
    /// </summary>
    [AllowedValues("", "float32", "bfloat16", "float16")]
    public string Dtype { get; init; } = "";

    /// <summary>Samples drawn for each prompt and each question; rewards are compared within such a group.</summary>
    [Unit("samples"), Range(2, 1024)]
    public int GroupSize { get; init; } = 8;

    /// <summary>Sampling temperature of image and text tokens.</summary>
    [Range(0.0, 10.0, MinimumIsExclusive = true)]
    public double Temperature { get; init; } = 1;

    /// <summary>Classifier-free guidance weight of image tokens; 1 turns guidance off.</summary>
    [Range(0.0, 100.0)]
    public double CfgWeight { get; init; } = 5;

    /// <summary>Longest answer.</summary>
    [Unit("tokens"), Range(1, 65536)]
    public int MaxNewTokens { get; init; } = 8;

    /// <summary>How many policy versions a rollout may be behind the learner; 0 is synchronous and deterministic.</summary>
    [Unit("versions"), Range(0, 64)]
    public int MaxLag { get; init; }

    /// <summary>Time without a sign of life from its worker after which a claimed group is given to another; a worker that is at work gives three signs in that time.</summary>
    [Unit("seconds"), Range(1.0, 86400.0)]
    public double LeaseSeconds { get; init; } = 10;

    /// <summary>Groups handed out in one claim.</summary>
    [Unit("groups"), Range(1, 256)]
    public int GroupsPerClaim { get; init; } = 1;
}
