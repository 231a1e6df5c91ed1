namespace Orleans.Runtime;

/// <summary>Up to so many activations on each silo, known to no directory.</summary>
internal sealed class StatelessWorkerPlacement(int maxLocal, bool removeIdle) : PlacementStrategy
{
    public override bool IsUsingGrainDirectory => false;

    public int MaxLocal => maxLocal;

    public bool RemoveIdle => removeIdle;
}
