using Orleans.Runtime;

namespace Orleans;

/// <summary>What the runtime needs of a grain class; <see cref="Grain"/> has it.</summary>
public interface IGrainBase
{
    /// <summary>The activation.</summary>
    IGrainContext GrainContext { get; }

    /// <summary>Called before the first call; an exception fails that call and the activation.</summary>
    Task OnActivateAsync(CancellationToken token) => Task.CompletedTask;

    /// <summary>Called after the last call.</summary>
    Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token) => Task.CompletedTask;
}
