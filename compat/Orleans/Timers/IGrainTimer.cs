namespace Orleans.Runtime;

/// <summary>A timer of an activation; dies with it.</summary>
public interface IGrainTimer : IDisposable
{
    /// <summary>Sets when the next tick comes and how long after the end of a tick the following one.</summary>
    void Change(TimeSpan dueTime, TimeSpan period);
}
