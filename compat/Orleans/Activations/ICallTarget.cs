using Orleans.Runtime;

namespace Orleans.Activations;

/// <summary>What a silo has for a grain: its activation, or a pool of stateless workers.</summary>
internal interface ICallTarget
{
    /// <summary>Takes the work, now or queued; false when this target has ended.</summary>
    bool TryAccept(ActivationWork work);
}
