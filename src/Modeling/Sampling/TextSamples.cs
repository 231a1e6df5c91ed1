namespace PairUni.Modeling.Sampling;

// G samples, T tokens of an answer

/// <summary>A group of answers as drawn.</summary>
public sealed record TextSamples
{
    /// <summary>[G][T] ids, ending with the end-of-sentence token where it was produced.</summary>
    public required int[][] Tokens { get; init; }

    /// <summary>[G][T] log-probability of each token under the logits divided by the temperature (by 1 when greedy).</summary>
    public required float[][] Logp { get; init; }

    /// <summary>[G] whether the answer ended by itself; false when it was cut off.</summary>
    public required bool[] Finished { get; init; }

    /// <summary>[G] the answers without special tokens.</summary>
    public required string[] Texts { get; init; }
}
