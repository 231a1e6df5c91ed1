namespace Orleans.Configuration;

/// <summary>How calls are made.</summary>
public abstract class MessagingOptions
{
    /// <summary>How long a caller waits for an answer. Default 30 s.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The same while a debugger is attached. Default 30 min.</summary>
    public TimeSpan ResponseTimeoutWithDebugger { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Largest header of a message between processes, in bytes. Default 10 MB.</summary>
    public int MaxMessageHeaderSize { get; set; } = 10_000_000;

    /// <summary>Largest body of a message between processes, in bytes. Default 100 MB.</summary>
    public int MaxMessageBodySize { get; set; } = 100_000_000;
}
