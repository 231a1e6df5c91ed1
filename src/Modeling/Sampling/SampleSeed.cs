namespace PairUni.Modeling.Sampling;

/// <summary>
/// Seeds derived from a sample's identity, and uniforms derived from a seed and a counter: the same work draws the same
/// numbers wherever and in whatever order it is done. SplitMix64 (Steele, Lea, Flood 2014).
/// </summary>
public static class SampleSeed
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>The seed of one sample of one group of one step of a run.</summary>
    public static ulong Derive(ulong runSeed, int step, int pair, int task, int sample)
    {
        ulong state = Mix(runSeed + Golden);
        state = Mix((state ^ (uint)step) + Golden);
        state = Mix((state ^ (uint)pair) + Golden);
        state = Mix((state ^ (uint)task) + Golden);
        return Mix((state ^ (uint)sample) + Golden);
    }

    /// <summary>The uniform in [0, 1) that a seed gives at a position; 53 random bits.</summary>
    public static double Uniform(ulong seed, int position) => (Mix(seed + Golden * ((ulong)position + 1)) >> 11) * (1.0 / (1UL << 53));

    /// <summary>The first <paramref name="count"/> uniforms of a seed.</summary>
    public static double[] Uniforms(ulong seed, int count)
    {
        double[] uniforms = new double[count];
        for (int i = 0; i < count; i++)
            uniforms[i] = Uniform(seed, i);
        return uniforms;
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
