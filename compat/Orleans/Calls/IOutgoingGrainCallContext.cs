using Orleans.Runtime;

namespace Orleans;

/// <summary>A call that is about to leave its caller.</summary>
public interface IOutgoingGrainCallContext : IGrainCallContext
{
    /// <summary>The calling grain's activation; null outside of grains.</summary>
    IGrainContext? SourceContext { get; }
}
