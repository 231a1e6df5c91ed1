namespace Orleans.Runtime;

/// <summary>A rule for where new activations go; an <see cref="Placement.IPlacementDirector"/> carries it out.</summary>
public abstract class PlacementStrategy
{
    /// <summary>Whether the directory must know the activations.</summary>
    public virtual bool IsUsingGrainDirectory => true;
}
