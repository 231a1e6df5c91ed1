using MessagePack;

namespace PairUni.Contracts;

/// <summary>One sample of a group: its tokens, what the sampler thought of them, and what they decode to.</summary>
[MessagePackObject]
public sealed record GroupSample
{
    /// <summary>[T] sampled token ids; an end-of-text token is included when it was sampled.</summary>
    [Key(0)]
    public required int[] Tokens { get; init; }

    /// <summary>[T] log-probability under the law that was sampled from (guidance and temperature applied).</summary>
    [Key(1)]
    public required float[] LogpSampler { get; init; }

    /// <summary>[T] log-probability under the conditional logits alone.</summary>
    [Key(2)]
    public required float[] LogpConditional { get; init; }

    /// <summary>[T] teacher-forced log-probability under the worker's version; absent when the learner computes it.</summary>
    [Key(3)]
    public float[]? LogpOld { get; init; }

    /// <summary>Whether the sample ended by itself and not at the length limit.</summary>
    [Key(4)]
    public required bool Finished { get; init; }

    /// <summary>The answer; empty for an image.</summary>
    [Key(5)]
    public required string Text { get; init; }

    /// <summary>The image as a PNG file; empty for an answer.</summary>
    [Key(6)]
    public required ReadOnlyMemory<byte> Image { get; init; }
}
