namespace Orleans.Runtime;

/// <summary>New activations go on the silo with the fewest activations.</summary>
public sealed class ActivationCountBasedPlacement : PlacementStrategy;
