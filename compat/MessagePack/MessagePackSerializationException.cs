namespace MessagePack;

/// <summary>Bytes that cannot be read or a value that cannot be written; the cause is the inner exception.</summary>
[Serializable]
public class MessagePackSerializationException : Exception
{
    /// <summary>An exception without a message.</summary>
    public MessagePackSerializationException()
    {
    }

    /// <summary>An exception with a message.</summary>
    public MessagePackSerializationException(string? message) : base(message)
    {
    }

    /// <summary>An exception with a message and its cause.</summary>
    public MessagePackSerializationException(string? message, Exception? inner) : base(message, inner)
    {
    }
}
