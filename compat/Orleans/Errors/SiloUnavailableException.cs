namespace Orleans.Runtime;

/// <summary>The silo that a call needs is not there.</summary>
[Serializable]
public sealed class SiloUnavailableException : OrleansMessageRejectionException
{
    /// <summary>An error.</summary>
    public SiloUnavailableException() : base("SiloUnavailableException")
    {
    }

    /// <summary>An error.</summary>
    public SiloUnavailableException(string msg) : base(msg)
    {
    }

    /// <summary>An error with its cause.</summary>
    public SiloUnavailableException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
