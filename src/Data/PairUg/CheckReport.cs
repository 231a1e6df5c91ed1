namespace PairUni.Data.PairUg;

/// <summary>What a look through a whole PairUG file found.</summary>
public sealed record CheckReport
{
    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>The sound pairs with their lines.</summary>
    public required IReadOnlyList<(int Line, PairRecord Record)> Records { get; init; }

    /// <summary>Sound pairs.</summary>
    public int Pairs => Records.Count;

    /// <summary>Sound pairs with both halves about one image.</summary>
    public required int Aligned { get; init; }

    /// <summary>Sound pairs of two images.</summary>
    public int Retrieved => Pairs - Aligned;

    /// <summary>Different images.</summary>
    public required int Images { get; init; }

    /// <summary>Least similarity of the retrieved pairs; 1 when there is none.</summary>
    public required double MinSimilarity { get; init; }

    /// <summary>Mean similarity of the retrieved pairs; 1 when there is none.</summary>
    public required double MeanSimilarity { get; init; }

    /// <summary>Largest similarity of the retrieved pairs; 1 when there is none.</summary>
    public required double MaxSimilarity { get; init; }

    /// <summary>Pairs by the tag of their generation half.</summary>
    public required IReadOnlyDictionary<string, int> GenerateTags { get; init; }

    /// <summary>Pairs by the tag of their understanding half.</summary>
    public required IReadOnlyDictionary<string, int> UnderstandTags { get; init; }

    /// <summary>Retrieved pairs by similarity, in steps of 0.05 from 0; 1 is in the last.</summary>
    public required IReadOnlyList<int> Histogram { get; init; }

    /// <summary>Images that repeat an earlier one of the file but for encoding, size or grain, with that earlier one.</summary>
    public required IReadOnlyList<(string Image, string First)> NearDuplicates { get; init; }

    /// <summary>What the held-out data hold too, one sentence each with file and line; empty when none were given.</summary>
    public required IReadOnlyList<string> Leaks { get; init; }

    /// <summary>Everything that is wrong, one sentence each with file and line, in file order.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>Nothing is wrong, and nothing leaks.</summary>
    public bool Sound => Problems.Count + Leaks.Count == 0;
}
