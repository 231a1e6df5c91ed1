namespace PairUni.Cli.Bench.Augment;

/// <summary>What a misbehaving endpoint does with one request.</summary>
internal sealed record EndpointBehaviour(EndpointMood Mood)
{
    /// <summary>Time that it takes.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>With an error: the status code.</summary>
    public int Status { get; init; } = 500;

    /// <summary>With an error: its code, such as insufficient_quota.</summary>
    public string Code { get; init; } = "";

    /// <summary>With an error: the header Retry-After.</summary>
    public string? RetryAfter { get; init; }

    public static EndpointBehaviour Fails(int status, string? retryAfter = null) => new(EndpointMood.Error) { Status = status, RetryAfter = retryAfter };
}
