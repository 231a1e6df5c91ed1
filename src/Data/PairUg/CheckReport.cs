namespace PairUni.Data.PairUg;

/// <summary>What a look through a whole PairUG file found.</summary>
public sealed record CheckReport
{
    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>Sound pairs.</summary>
    public required int Pairs { get; init; }

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

    /// <summary>Everything that is wrong, one sentence each with file and line, in file order.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>Nothing is wrong.</summary>
    public bool Sound => Problems.Count == 0;
}
