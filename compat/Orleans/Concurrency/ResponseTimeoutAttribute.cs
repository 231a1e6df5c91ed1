using System.Globalization;

namespace Orleans;

/// <summary>On an interface method: how long its caller waits.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ResponseTimeoutAttribute(string timeout) : Attribute
{
    /// <summary>The time in the format <c>hh:mm:ss</c>.</summary>
    public TimeSpan? Timeout { get; init; } = TimeSpan.Parse(timeout, CultureInfo.InvariantCulture);
}
