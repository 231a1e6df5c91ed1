using Orleans.Runtime;

namespace Orleans.Activations;

/// <summary>Gives the activation of the current turn to services.</summary>
internal sealed class GrainContextAccessor : IGrainContextAccessor
{
    public IGrainContext GrainContext => RuntimeContext.Current!;
}
