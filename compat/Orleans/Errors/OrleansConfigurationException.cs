namespace Orleans.Runtime;

/// <summary>The silo is set up in a way that cannot work.</summary>
[Serializable]
public sealed class OrleansConfigurationException : Exception
{
    /// <summary>An error.</summary>
    public OrleansConfigurationException(string message) : base(message)
    {
    }

    /// <summary>An error with its cause.</summary>
    public OrleansConfigurationException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
