using Orleans.Runtime;
using Orleans.Timers;

namespace Orleans.Activations;

/// <summary>Makes the timers of activations.</summary>
internal sealed class TimerRegistry : ITimerRegistry
{
    public IGrainTimer RegisterGrainTimer<TState>(
        IGrainContext grainContext, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options) =>
        new GrainTimer<TState>((Activation)grainContext, callback, state, options);
}
