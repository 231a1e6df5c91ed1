namespace PairUni.Data.Import;

/// <summary>A sample as its source has it; null stands for what the source does not say.</summary>
/// <param name="Where">File and line, for errors.</param>
/// <param name="Id">Name of the sample.</param>
/// <param name="Image">The image's path as the source has it.</param>
internal sealed record SourceSample(string Where, string? Id, string? Image)
{
    public string? Prompt { get; init; }

    public string? Question { get; init; }

    public string? Answer { get; init; }

    public string? Tag { get; init; }

    /// <summary>What an image of the prompt must show, JSON in GenEval's schema.</summary>
    public string? GenEval { get; init; }
}
