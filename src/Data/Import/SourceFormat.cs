namespace PairUni.Data.Import;

/// <summary>How single-task data lie on the disk.</summary>
public enum SourceFormat
{
    /// <summary>One JSON object a line.</summary>
    Jsonl,

    /// <summary>Conversations as LLaVA has them, a JSON array or one object a line.</summary>
    Llava,

    /// <summary>Comma-separated values with a header (RFC 4180).</summary>
    Csv,

    /// <summary>A folder of images, each with its caption in a .txt file of the same name.</summary>
    Captions,
}
