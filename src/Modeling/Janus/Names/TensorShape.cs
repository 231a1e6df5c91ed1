namespace PairUni.Modeling.Janus.Names;

/// <summary>A tensor that a checkpoint has to have: name and shape, no values.</summary>
public sealed record TensorShape(string Name, long[] Shape)
{
    public long Elements { get; } = Shape.Aggregate(1L, (product, size) => product * size);
}
