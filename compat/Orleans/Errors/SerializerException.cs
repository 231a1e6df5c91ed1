namespace Orleans.Serialization;

/// <summary>A value cannot be copied or carried.</summary>
[Serializable]
public class SerializerException : Exception
{
    /// <summary>An error.</summary>
    public SerializerException(string message) : base(message)
    {
    }

    /// <summary>An error with its cause.</summary>
    public SerializerException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
