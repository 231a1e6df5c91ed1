using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>Stored state was changed by somebody else since it was read here.</summary>
[Serializable]
public class InconsistentStateException : OrleansException
{
    /// <summary>An error.</summary>
    public InconsistentStateException()
    {
    }

    /// <summary>An error.</summary>
    public InconsistentStateException(string message) : base(message)
    {
    }

    /// <summary>An error with its cause.</summary>
    public InconsistentStateException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <summary>An error with both tags and its cause.</summary>
    public InconsistentStateException(string errorMsg, string storedEtag, string currentEtag, Exception storageException)
        : base(errorMsg, storageException)
    {
        StoredEtag = storedEtag;
        CurrentEtag = currentEtag;
    }

    /// <summary>An error with both tags.</summary>
    public InconsistentStateException(string errorMsg, string storedEtag, string currentEtag) : this(errorMsg, storedEtag, currentEtag, null!)
    {
    }

    /// <summary>The tag that is stored.</summary>
    public string StoredEtag { get; private set; } = "";

    /// <summary>The tag that the writer had.</summary>
    public string CurrentEtag { get; private set; } = "";

    /// <inheritdoc/>
    public override string ToString() =>
        $"{GetType().Name}: {Message} Expected Etag={CurrentEtag} Stored Etag={StoredEtag}{(InnerException is null ? "" : $" {InnerException}")}";
}
