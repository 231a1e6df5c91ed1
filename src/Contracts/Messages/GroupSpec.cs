using MessagePack;

namespace PairUni.Contracts;

/// <summary>What to generate and against what it is scored; the same spec gives the same group on any worker.</summary>
[MessagePackObject]
public sealed record GroupSpec
{
    /// <summary>Prompt of the image to draw; empty for an understanding group.</summary>
    [Key(0)]
    public required string Prompt { get; init; }

    /// <summary>Encoded image file (PNG or JPEG) that the question is about; empty for a generation group.</summary>
    [Key(1)]
    public required ReadOnlyMemory<byte> Image { get; init; }

    /// <summary>Question about the image; empty for a generation group.</summary>
    [Key(2)]
    public required string Question { get; init; }

    /// <summary>The right answer.</summary>
    [Key(3)]
    public required string Answer { get; init; }

    /// <summary>Category of the prompt or question, for statistics.</summary>
    [Key(4)]
    public required string Tag { get; init; }

    /// <summary>GenEval record of the prompt as JSON; empty when the data has none.</summary>
    [Key(5)]
    public required string Record { get; init; }

    /// <summary>Similarity of the pair's two images, 0 to 1.</summary>
    [Key(6)]
    public required double Similarity { get; init; }

    /// <summary>Whether both halves of the pair are about the same image.</summary>
    [Key(7)]
    public required bool Aligned { get; init; }

    /// <summary>Samples to draw, G.</summary>
    [Key(8)]
    public required int GroupSize { get; init; }

    /// <summary>[G] seed of each sample.</summary>
    [Key(9)]
    public required ulong[] Seeds { get; init; }

    /// <summary>Sampling temperature.</summary>
    [Key(10)]
    public required double Temperature { get; init; }

    /// <summary>Classifier-free guidance weight of image tokens; 1 is off.</summary>
    [Key(11)]
    public required double CfgWeight { get; init; }

    /// <summary>Longest answer in tokens.</summary>
    [Key(12)]
    public required int MaxNewTokens { get; init; }

    /// <summary>Whether the worker adds the trainer's log-probabilities under its own version (needed when it may be behind).</summary>
    [Key(13)]
    public required bool TeacherForced { get; init; }
}
