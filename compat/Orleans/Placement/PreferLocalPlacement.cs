namespace Orleans.Runtime;

/// <summary>New activations go on the caller's silo if that hosts the class.</summary>
public sealed class PreferLocalPlacement : PlacementStrategy;
