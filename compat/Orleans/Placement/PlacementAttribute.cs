using Orleans.Runtime;

namespace Orleans.Placement;

/// <summary>On a class: where its activations go.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public abstract class PlacementAttribute : Attribute
{
    /// <summary>By <paramref name="placement"/>.</summary>
    protected PlacementAttribute(PlacementStrategy placement) =>
        PlacementStrategy = placement ?? throw new ArgumentNullException(nameof(placement));

    /// <summary>The rule.</summary>
    public PlacementStrategy PlacementStrategy { get; private set; }
}
