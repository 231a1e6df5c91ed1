using PairUni.Data.Import;

namespace PairUni.Data.Augmentation;

/// <summary>What is completed, and with how much patience and money.</summary>
public sealed record AugmentOptions
{
    /// <summary>The pool file.</summary>
    public required string Pool { get; init; }

    /// <summary>Folder that gets the completed pool, with its images, the log of answers and what was rejected.</summary>
    public required string Folder { get; init; }

    /// <summary>Understand: captions are added to questions; generate: questions to captions.</summary>
    public required SampleTask Task { get; init; }

    /// <summary>Inquiries under way at once.</summary>
    public int Concurrency { get; init; } = 16;

    /// <summary>How often an inquiry is sent at most while the annotator is busy or fails.</summary>
    public int Attempts { get; init; } = 8;

    /// <summary>How many answers to an inquiry are paid for at most while they are malformed.</summary>
    public int Tries { get; init; } = 3;

    /// <summary>Longest wait for an answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    public Backoff Backoff { get; init; } = new();

    /// <summary>Longest wait that the annotator may ask for; with a longer one the run stops.</summary>
    public TimeSpan LongestRetryAfter { get; init; } = TimeSpan.FromMinutes(10);

    public AccountOptions Account { get; init; } = new();

    /// <summary>The jitter's.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Leave samples that were not completed out of the pool, instead of keeping them as they were.</summary>
    public bool OnlyComplete { get; init; }

    /// <summary>Go on with a log whose prompts, model or samples were others; what fits is used.</summary>
    public bool AcceptChanges { get; init; }
}
