namespace PairUni.Data.Shapes;

/// <summary>How a shapes data set is made.</summary>
public sealed record ShapesDatasetOptions
{
    /// <summary>The world's numbers.</summary>
    public ShapeWorld World { get; init; } = ShapeWorld.Default;

    /// <summary>Share of the pairs whose halves are about one image, 0 to 1. PairUG-16k has 0.305.</summary>
    public double AlignedShare { get; init; } = 0.3;

    /// <summary>Least similarity of a retrieved pair, 0 to 1.</summary>
    public double SimilarityThreshold { get; init; } = 0.6;

    /// <summary>Held-out prompts of each of the six tags, at least 1.</summary>
    public int HeldOutPromptsPerTag { get; init; } = 64;

    /// <summary>Held-out questions, at least 1; the tags take turns.</summary>
    public int HeldOutQuestions { get; init; } = 600;
}
