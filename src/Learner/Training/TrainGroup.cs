using PairUni.Algorithms;
using PairUni.Modeling.Images;

namespace PairUni.Learner.Training;

// G samples, T_g tokens of sample g

/// <summary>One scored group as the update needs it: G completions of one prompt, their rewards, and the sampler's log-probabilities.</summary>
public sealed record TrainGroup
{
    /// <summary>True for generated images, false for answers.</summary>
    public required bool IsImage { get; init; }

    /// <summary>Index of the pair within its step; the pair's two groups share it.</summary>
    public required int Pair { get; init; }

    /// <summary>Factor on the standardised advantages.</summary>
    public double PairWeight { get; init; } = 1;

    /// <summary>Prompt tokens, image placeholders expanded.</summary>
    public required int[] PromptIds { get; init; }

    /// <summary>Which prompt tokens are image placeholders; empty for a generation prompt.</summary>
    public bool[] ImageMask { get; init; } = [];

    /// <summary>Images asked about, in prompt order; empty for a generation prompt.</summary>
    public IReadOnlyList<RgbImage> Images { get; init; } = [];

    /// <summary>[G][T_g] sampled tokens; an answer that ended by itself has its end-of-sequence token.</summary>
    public required int[][] Tokens { get; init; }

    /// <summary>[G] summed rewards.</summary>
    public required float[] Rewards { get; init; }

    /// <summary>The single rewards, for metrics.</summary>
    public IReadOnlyList<RewardTerm> Parts { get; init; } = [];

    /// <summary>[G][T_g] under the law that the tokens were drawn from; diagnostics only.</summary>
    public float[][]? LogpSampler { get; init; }

    /// <summary>[G][T_g] under the policy's own conditional law as the sampler saw it: the behaviour that importance weights refer to.</summary>
    public float[][]? LogpConditional { get; init; }

    /// <summary>[G][T_g] teacher-forced under the version that made the group; null when that is the version being trained.</summary>
    public float[][]? LogpOld { get; init; }

    /// <summary>Version of the policy that made the group.</summary>
    public int PolicyVersion { get; init; }
}
