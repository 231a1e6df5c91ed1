using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>When a grain timer ticks and how its ticks mix with calls.</summary>
public readonly struct GrainTimerCreationOptions
{
    /// <summary>Options with both times.</summary>
    [SetsRequiredMembers]
    public GrainTimerCreationOptions(TimeSpan dueTime, TimeSpan period)
    {
        DueTime = dueTime;
        Period = period;
    }

    /// <summary>Time until the first tick; <see cref="Timeout.InfiniteTimeSpan"/>: none until changed.</summary>
    public required TimeSpan DueTime { get; init; }

    /// <summary>Time from the end of a tick to the next; <see cref="Timeout.InfiniteTimeSpan"/>: only one tick.</summary>
    public required TimeSpan Period { get; init; }

    /// <summary>Ticks may run between the turns of calls. Default false: a tick waits like a call and calls wait for it.</summary>
    public bool Interleave { get; init; }

    /// <summary>A tick counts as activity. Default false.</summary>
    public bool KeepAlive { get; init; }
}
