namespace Orleans.Runtime;

/// <summary>An error of the runtime.</summary>
[Serializable]
public class OrleansException : Exception
{
    /// <summary>An error.</summary>
    public OrleansException()
    {
    }

    /// <summary>An error.</summary>
    public OrleansException(string message) : base(message)
    {
    }

    /// <summary>An error with its cause.</summary>
    public OrleansException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
