using System.Reflection;
using Orleans.Runtime;

namespace Orleans;

/// <summary>A call that reached its grain.</summary>
public interface IIncomingGrainCallContext : IGrainCallContext
{
    /// <summary>The activation.</summary>
    IGrainContext TargetContext { get; }

    /// <summary>The class' method.</summary>
    MethodInfo ImplementationMethod { get; }
}
