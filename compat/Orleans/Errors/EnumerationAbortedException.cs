namespace Orleans.Runtime;

/// <summary>An enumeration cannot go on.</summary>
public sealed class EnumerationAbortedException : Exception
{
    /// <summary>An error.</summary>
    public EnumerationAbortedException()
    {
    }

    /// <summary>An error.</summary>
    public EnumerationAbortedException(string message) : base(message)
    {
    }

    /// <summary>An error with its cause.</summary>
    public EnumerationAbortedException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
