namespace PairUni.Data.Augmentation;

/// <summary>How long to wait before asking again: doubling, with a jitter from the seed, and never less than the annotator asks for.</summary>
public sealed record Backoff
{
    /// <summary>Wait after the first failure, without jitter.</summary>
    public TimeSpan First { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest wait that is not asked for.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The wait after failure number <paramref name="failures"/> of an inquiry, from 1.</summary>
    /// <param name="seed">The jitter's.</param>
    /// <param name="key">The inquiry's: inquiries that failed together do not return together.</param>
    public TimeSpan Wait(int failures, TimeSpan? retryAfter, ulong seed, string key)
    {
        var jitter = new SeededRandom(seed, Inquiry.Seed(key), (ulong)failures).NextDouble();
        var doubled = First * Math.Pow(2, Math.Min(failures - 1, 30));
        var wait = (doubled < Longest ? doubled : Longest) * (0.5 + (0.5 * jitter));
        // Above what was asked for, or all that were turned away together come back together.
        return retryAfter is { } asked && asked >= wait ? asked + (First * (0.25 * jitter)) : wait;
    }
}
