namespace Orleans.Runtime;

/// <summary>New activations go on the silo with the fewest activations (the default).</summary>
public sealed class ResourceOptimizedPlacement : PlacementStrategy;
