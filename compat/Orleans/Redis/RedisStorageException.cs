namespace Orleans.Persistence.Redis;

/// <summary>Redis cannot be used for states.</summary>
[Serializable]
public class RedisStorageException : Exception
{
    /// <summary>An error.</summary>
    public RedisStorageException()
    {
    }

    /// <summary>An error.</summary>
    public RedisStorageException(string message) : base(message)
    {
    }

    /// <summary>An error with its cause.</summary>
    public RedisStorageException(string message, Exception inner) : base(message, inner)
    {
    }
}
