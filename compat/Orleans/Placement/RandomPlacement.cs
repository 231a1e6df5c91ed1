namespace Orleans.Runtime;

/// <summary>New activations go on any silo that hosts the class.</summary>
public sealed class RandomPlacement : PlacementStrategy;
