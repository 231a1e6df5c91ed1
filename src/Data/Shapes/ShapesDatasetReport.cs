using PairUni.Data.Pairing;

namespace PairUni.Data.Shapes;

/// <summary>What a shapes data set holds.</summary>
public sealed record ShapesDatasetReport
{
    /// <summary>The PairUG file to train on.</summary>
    public required string TrainPath { get; init; }

    /// <summary>Folder with the held-out prompts and questions.</summary>
    public required string HeldOutFolder { get; init; }

    /// <summary>Seed that all of it came from.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Pairs in the PairUG file.</summary>
    public required int Pairs { get; init; }

    /// <summary>Pairs about one image.</summary>
    public required int Aligned { get; init; }

    /// <summary>Pairs about two images.</summary>
    public int Retrieved => Pairs - Aligned;

    /// <summary>Mean similarity of the retrieved pairs by <see cref="ImageFeatures"/>; 1 when there is none.</summary>
    public required double MeanSimilarity { get; init; }

    /// <summary>Training images.</summary>
    public required int Images { get; init; }

    /// <summary>Held-out prompts.</summary>
    public required int HeldOutPrompts { get; init; }

    /// <summary>Held-out questions, each with an image of its own.</summary>
    public required int HeldOutQuestions { get; init; }
}
