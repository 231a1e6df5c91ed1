namespace PairUni.Data.Import;

/// <summary>What is imported, and how.</summary>
public sealed record ImportOptions
{
    /// <summary>File, or folder of images with captions.</summary>
    public required string Source { get; init; }

    public required SourceFormat Format { get; init; }

    public required SampleTask Task { get; init; }

    /// <summary>Folder that image paths are relative to; the source's own when null.</summary>
    public string? Images { get; init; }

    /// <summary>Which fields hold what, for JSONL and CSV.</summary>
    public FieldMap Map { get; init; } = new();

    /// <summary>Tag of samples whose source gives none.</summary>
    public string Tag { get; init; } = "";

    /// <summary>Leave out samples with something wrong, listed in skipped.txt, instead of refusing the whole source.</summary>
    public bool SkipBad { get; init; }

    /// <summary>Largest image that is accepted, in pixels.</summary>
    public long MaxPixels { get; init; } = Modeling.Images.RgbImage.DefaultMaxPixels;
}
