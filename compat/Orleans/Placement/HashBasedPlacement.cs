namespace Orleans.Runtime;

/// <summary>New activations go on the silo that the key's hash points to.</summary>
public sealed class HashBasedPlacement : PlacementStrategy;
