namespace PairUni.Data.Import;

/// <summary>One record of a source: a sample, or the sentence that says what is wrong with it. Neither when it has no image.</summary>
internal readonly record struct SourceRecord(SourceSample? Sample, string? Problem)
{
    public static implicit operator SourceRecord(SourceSample sample) => new(sample, null);

    public static SourceRecord Wrong(string sentence) => new(null, sentence);

    /// <summary>A record without an image, which is no use here.</summary>
    public static SourceRecord WithoutImage => default;
}
