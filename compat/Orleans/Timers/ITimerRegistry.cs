using Orleans.Runtime;

namespace Orleans.Timers;

/// <summary>Makes grain timers.</summary>
public interface ITimerRegistry
{
    /// <summary>Starts a timer of the activation <paramref name="grainContext"/>.</summary>
    IGrainTimer RegisterGrainTimer<TState>(
        IGrainContext grainContext, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options);
}
