namespace PairUni.Algorithms;

/// <summary>Adds several rewards of the same group into the one that the policy is trained on.</summary>
public static class RewardSum
{
    /// <summary>The weighted sum per sample, in the order of the terms.</summary>
    /// <returns>[G] rewards.</returns>
    /// <exception cref="ArgumentException">No terms, terms of different lengths, or a value that is not finite.</exception>
    public static float[] Of(IReadOnlyList<RewardTerm> terms)
    {
        if (terms.Count == 0) throw new ArgumentException("There is no reward to sum.");
        var size = terms[0].Values.Count;
        var sum = new double[size];
        foreach (var term in terms)
        {
            if (term.Values.Count != size)
                throw new ArgumentException($"Reward '{term.Name}' scored {term.Values.Count} samples, '{terms[0].Name}' {size}.");
            for (var i = 0; i < size; i++)
            {
                if (!float.IsFinite(term.Values[i]))
                    throw new ArgumentException($"Reward '{term.Name}' gave {term.Values[i]} for sample {i}; rewards must be finite.");
                sum[i] += term.Weight * term.Values[i];
            }
        }

        return [.. sum.Select(s => (float)s)];
    }
}
