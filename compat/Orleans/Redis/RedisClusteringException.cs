namespace Orleans.Clustering.Redis;

/// <summary>Redis cannot be used for the cluster.</summary>
[Serializable]
public class RedisClusteringException : Exception
{
    /// <summary>An error.</summary>
    public RedisClusteringException()
    {
    }

    /// <summary>An error.</summary>
    public RedisClusteringException(string message) : base(message)
    {
    }

    /// <summary>An error with its cause.</summary>
    public RedisClusteringException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
