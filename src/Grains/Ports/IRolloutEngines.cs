using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>The engines of this process, one for each worker; they outlive activations.</summary>
public interface IRolloutEngines
{
    /// <summary>The worker's engine, made on first use.</summary>
    IRolloutEngine Of(WorkerKey worker);
}
