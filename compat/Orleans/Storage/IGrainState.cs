namespace Orleans;

/// <summary>A state on its way between grain and storage.</summary>
public interface IGrainState<T>
{
    /// <summary>The state.</summary>
    T State { get; set; }

    /// <summary>Tag of the stored state that it came from; null when none is stored.</summary>
    string? ETag { get; set; }

    /// <summary>Whether something is stored.</summary>
    bool RecordExists { get; set; }
}
