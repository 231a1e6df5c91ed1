using Orleans.Runtime;

namespace Orleans.Placement;

/// <summary>On a class: new activations go on the caller's silo if that hosts the class.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public sealed class PreferLocalPlacementAttribute() : PlacementAttribute(new PreferLocalPlacement());
