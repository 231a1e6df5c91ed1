using PairUni.Data.Features;
using PairUni.Data.PairUg;
using PairUni.Data.Pools;

namespace PairUni.Data.Pairing;

/// <summary>Makes a PairUG file of two pools whose features are known.</summary>
public static class PoolPairs
{
    // PairUG-16k: 4,971 aligned pairs of 47,000 + 60,000 images.
    private const double PaperShare = 4971.0 / 107_000;

    /// <summary>Leaves out near-duplicates of earlier samples, and of the others the hash: a kilobyte each that nothing needs any more.</summary>
    public static IReadOnlyList<PoolSample> Distinct(IReadOnlyList<PoolSample> pool)
    {
        var firsts = NearDuplicates.Firsts([.. pool.Select(sample => PerceptualHash.Parse(sample.PerceptualHash))]);
        return WithoutHashes(pool.Where((_, i) => firsts[i] < 0));
    }

    /// <summary>Samples without the hashes that near-duplicates are found by.</summary>
    public static IReadOnlyList<PoolSample> WithoutHashes(IEnumerable<PoolSample> pool) => [.. pool.Select(sample => sample with { PerceptualHash = "" })];

    /// <summary>An image that is in both pools becomes one sample of the understanding pool, with the question of the one and the caption of the other.</summary>
    public static (IReadOnlyList<PoolSample> Understand, IReadOnlyList<PoolSample> Generate) Merge(IReadOnlyList<PoolSample> understand, IReadOnlyList<PoolSample> generate)
    {
        var captions = generate.Where(sample => sample.CanGenerate).DistinctBy(sample => sample.Sha256).ToDictionary(sample => sample.Sha256);
        var shared = understand.Select(sample => sample.Sha256).Where(captions.ContainsKey).ToHashSet();
        return
        (
            [.. understand.Select(sample => shared.Contains(sample.Sha256) && !sample.CanGenerate ? sample with { Prompt = captions[sample.Sha256].Prompt, Unknown = captions[sample.Sha256].Unknown ?? sample.Unknown } : sample)],
            [.. generate.Where(sample => !shared.Contains(sample.Sha256))]
        );
    }

    /// <summary>Checks that every sample has what its pool is for.</summary>
    /// <exception cref="DataFileException">One lacks it.</exception>
    public static void Check(IReadOnlyList<PoolSample> understand, IReadOnlyList<PoolSample> generate)
    {
        Require(understand, sample => sample.CanUnderstand, "a question with its answer");
        Require(generate, sample => sample.CanGenerate, "a prompt");
    }

    /// <summary>Pairs the pools.</summary>
    /// <param name="understand">Samples with questions.</param>
    /// <param name="generate">Samples with captions.</param>
    /// <param name="features">Reads the features of a pool, of length 1.</param>
    /// <param name="path">Turns a sample's image into a path relative to the PairUG file; true for the understanding pool.</param>
    /// <returns>Aligned pairs first, then retrieved ones, most similar first.</returns>
    /// <exception cref="DataFileException">Samples lack what their pool needs, or no pair is left.</exception>
    public static IReadOnlyList<PairRecord> Make(
        IReadOnlyList<PoolSample> understand, IReadOnlyList<PoolSample> generate, Func<IReadOnlyList<PoolSample>, FeatureMatrix> features,
        Func<PoolSample, bool, string> path, PairingOptions options, Action<string>? progress = null)
    {
        Check(understand, generate);
        var (u, g) = Vectors(understand, generate, features, options);
        var all = understand.Concat(generate).ToArray();
        var plan = PairPlanner.Plan(u, g, options.Aligned ?? (int)Math.Round(PaperShare * all.Length), options.Threshold,
            options.Balanced ? int.MaxValue : options.Retrieved ?? int.MaxValue, i => all[i].CanUnderstand && all[i].CanGenerate, options.Seed, progress);
        if (plan.Retrieved.Count == 0 && options.Retrieved != 0 && generate.Count > 0)
            throw new DataFileException(FormattableString.Invariant($"no image of one pool has a similarity of {options.Threshold:0.###} or more with one of the other that is left (the largest of all is {PairPlanner.Largest(u, g):0.000}); lower --threshold."));
        var retrieved = TagBalance.Choose(plan.Retrieved, pair => generate[pair.Generate].Tag, options.Retrieved ?? int.MaxValue);
        return
        [
            .. plan.AlignedUnderstand.Select(i => Aligned(understand[i], path(understand[i], true))),
            .. plan.AlignedGenerate.Select(i => Aligned(generate[i], path(generate[i], false))),
            .. retrieved.Select(pair => new PairRecord
            {
                Similarity = Math.Round(pair.Similarity, 6),
                Generate = generate[pair.Generate].ToSide(path(generate[pair.Generate], false)),
                Understand = understand[pair.Understand].ToSide(path(understand[pair.Understand], true)),
            }),
        ];
    }

    private static (FeatureMatrix Understand, FeatureMatrix Generate) Vectors(
        IReadOnlyList<PoolSample> understand, IReadOnlyList<PoolSample> generate, Func<IReadOnlyList<PoolSample>, FeatureMatrix> features, PairingOptions options)
    {
        var (u, g) = (features(understand), features(generate));
        if (options.Centred)
            Centre(u, g);
        if (options.TextShare <= 0)
            return (u, g);
        string[] left = [.. understand.Select(Text)], right = [.. generate.Select(Text)];
        var weights = TextFeatures.Weights([.. left, .. right]);
        return (TextFeatures.Join(u, TextFeatures.Of(left, weights), options.TextShare), TextFeatures.Join(g, TextFeatures.Of(right, weights), options.TextShare));
    }

    private static void Centre(FeatureMatrix u, FeatureMatrix g)
    {
        var mean = new double[u.Width];
        foreach (var matrix in new[] { u, g })
            for (var i = 0; i < matrix.Count; i++)
                for (var d = 0; d < mean.Length; d++)
                    mean[d] += matrix[i][d];
        foreach (var matrix in new[] { u, g })
        {
            for (var i = 0; i < matrix.Count; i++)
                for (var d = 0; d < mean.Length; d++)
                    matrix[i][d] -= (float)(mean[d] / (u.Count + g.Count));
            matrix.Normalise();
        }
    }

    private static string Text(PoolSample sample) => $"{sample.Prompt} {sample.Question}";

    private static PairRecord Aligned(PoolSample sample, string path)
    {
        var side = sample.ToSide(path);
        return new PairRecord { Similarity = 1, Generate = side, Understand = side };
    }

    private static void Require(IReadOnlyList<PoolSample> pool, Func<PoolSample, bool> has, string what)
    {
        if (pool.FirstOrDefault(sample => !has(sample)) is { } sample)
            throw new DataFileException($"the sample \"{sample.Id}\" ({sample.Source}) has no {what.Split(' ', 2)[1]}; swap the pools, or complete it with data augment.");
    }
}
