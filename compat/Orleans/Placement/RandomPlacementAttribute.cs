using Orleans.Runtime;

namespace Orleans.Placement;

/// <summary>On a class: new activations go on any silo that hosts the class.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public sealed class RandomPlacementAttribute() : PlacementAttribute(new RandomPlacement());
