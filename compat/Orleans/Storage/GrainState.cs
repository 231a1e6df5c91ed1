namespace Orleans;

/// <summary>A state on its way between grain and storage.</summary>
public sealed class GrainState<T> : IGrainState<T>
{
    /// <summary>The type's default.</summary>
    public GrainState() : this(default!)
    {
    }

    /// <summary>A state without a tag.</summary>
    public GrainState(T state) : this(state, null!)
    {
    }

    /// <summary>A state with its tag.</summary>
    public GrainState(T state, string eTag)
    {
        State = state;
        ETag = eTag;
    }

    /// <inheritdoc/>
    public T State { get; set; }

    /// <inheritdoc/>
    public string? ETag { get; set; }

    /// <inheritdoc/>
    public bool RecordExists { get; set; }
}
