namespace PairUni.Modeling.Files;

/// <summary>How a checkpoint names a module's parameters.</summary>
/// <param name="Of">The stored tensors that make up a parameter: one, or several whose rows follow one another.</param>
/// <param name="IsUnused">Whether a stored tensor is known and not needed.</param>
public sealed record WeightNames(Func<string, string[]> Of, Func<string, bool> IsUnused)
{
    /// <summary>Stored names are the parameters' own.</summary>
    public static WeightNames Same(Func<string, bool> isUnused) => new(name => [name], isUnused);
}
