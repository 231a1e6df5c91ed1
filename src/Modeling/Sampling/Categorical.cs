using System.Numerics;

namespace PairUni.Modeling.Sampling;

/// <summary>Draws from logits by inverse CDF in double precision. One instance per thread: it holds the work space.</summary>
internal sealed class Categorical(int size)
{
    private readonly double[] _weights = new double[size + Vector<double>.Count];

    /// <summary>The number of cumulative weights that do not exceed u times their total. At temperature 0 the likeliest token, the first on ties.</summary>
    /// <param name="logits">One row; at most as many as the size given at construction.</param>
    /// <param name="uniform">In [0, 1).</param>
    public (int Token, double Logp) Draw(ReadOnlySpan<float> logits, double temperature, double uniform)
    {
        if (temperature == 0)
            return (ArgMax(logits), 0);
        (double max, double total) = Exponentiate(logits, temperature);
        double target = uniform * total;
        double cumulative = 0;
        int last = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            cumulative += _weights[i];
            if (cumulative > target)
                return (i, logits[i] / temperature - max - Math.Log(total));
            if (_weights[i] > 0)
                last = i;
        }
        return (last, logits[last] / temperature - max - Math.Log(total));
    }

    /// <summary>Log-probability of a token; temperature 0 counts as 1.</summary>
    public double Logp(ReadOnlySpan<float> logits, double temperature, int token)
    {
        double divisor = temperature == 0 ? 1 : temperature;
        (double max, double total) = Exponentiate(logits, divisor);
        return logits[token] / divisor - max - Math.Log(total);
    }

    private static int ArgMax(ReadOnlySpan<float> logits)
    {
        int best = 0;
        for (int i = 1; i < logits.Length; i++)
        {
            if (logits[i] > logits[best])
                best = i;
        }
        return best;
    }

    // The total is summed in order, as the cumulative sum is, so that the last cumulative weight equals it.
    private (double Max, double Total) Exponentiate(ReadOnlySpan<float> logits, double temperature)
    {
        Span<double> weights = _weights.AsSpan(0, logits.Length);
        float max = float.NegativeInfinity;
        foreach (float logit in logits)
            max = Math.Max(max, logit);
        double shift = max / temperature;
        double inverse = 1 / temperature;
        for (int i = 0; i < weights.Length; i++)
            weights[i] = logits[i] * inverse - shift;
        int lanes = Vector<double>.Count;
        for (int i = 0; i < weights.Length; i += lanes)
            Vector.Exp(new Vector<double>(_weights, i)).CopyTo(_weights, i);
        double total = 0;
        foreach (double weight in weights)
            total += weight;
        return (shift, total);
    }
}
