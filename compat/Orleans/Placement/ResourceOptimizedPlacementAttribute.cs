using Orleans.Runtime;

namespace Orleans.Placement;

/// <summary>On a class: new activations go on the silo with the fewest activations (the default).</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public sealed class ResourceOptimizedPlacementAttribute() : PlacementAttribute(new ResourceOptimizedPlacement());
