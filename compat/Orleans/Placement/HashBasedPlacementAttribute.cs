using Orleans.Runtime;

namespace Orleans.Placement;

/// <summary>On a class: new activations go on the silo that the key's hash points to.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public sealed class HashBasedPlacementAttribute() : PlacementAttribute(new HashBasedPlacement());
