using PairUni.Data.Pairing;
using PairUni.Data.PairUg;
using PairUni.Modeling.Images;

namespace PairUni.Data.Shapes;

/// <summary>
/// One stretch of a shapes data set, paired on its own so that time and memory grow with the number of pairs and not with its
/// square.
/// </summary>
internal sealed class ShapePairBlock
{
    /// <summary>Most pairs of a block.</summary>
    internal const int MaxPairs = 400;

    private const ulong BlockKey = 0x626C6F636B;
    private const int Understand = 0;
    private const int Generate = 1;
    private readonly ShapesDatasetOptions options;
    private readonly ulong seed;
    private readonly int block;
    private readonly ShapeSample[][] pools = new ShapeSample[2][];

    internal ShapePairBlock(ShapesDatasetOptions options, ShapePrompts prompts, ulong seed, int block, int pairs)
    {
        this.options = options;
        this.seed = seed;
        this.block = block;
        var aligned = (int)Math.Round(pairs * options.AlignedShare);
        // Room for medoids that all lie in one pool and for samples that find no partner.
        var size = pairs + (pairs / 5) + 20;
        var features = new float[2][][];
        for (var pool = 0; pool < 2; pool++)
        {
            var samples = pools[pool] = new ShapeSample[size];
            var vectors = features[pool] = new float[size][];
            var key = (ulong)pool;
            Parallel.For(0, size, i =>
            {
                samples[i] = Draw(prompts, key, (ulong)i);
                vectors[i] = ImageFeatures.Extract(samples[i].Image);
            });
        }
        var plan = PairBuilder.Build(features[Understand], features[Generate], aligned, options.SimilarityThreshold, new SeededRandom(seed, BlockKey, (ulong)block));
        Records = Assemble(plan, pairs);
    }

    /// <summary>The pairs, shuffled.</summary>
    internal IReadOnlyList<PairRecord> Records { get; }

    /// <summary>The images that the pairs name.</summary>
    internal Dictionary<string, RgbImage> Images { get; } = [];

    private ShapeSample Draw(ShapePrompts prompts, ulong pool, ulong index)
    {
        var random = new SeededRandom(seed, (ulong)block, pool, index);
        var tag = GenEvalTag.All[(int)(index % (ulong)GenEvalTag.All.Count)];
        return ShapeSample.Draw(random.Pick(prompts.Training(tag)), options.World, random);
    }

    private PairRecord[] Assemble(PairPlan plan, int pairs)
    {
        var aligned = plan.AlignedUnderstand.Select(i => (Pool: Understand, Index: i)).Concat(plan.AlignedGenerate.Select(i => (Pool: Generate, Index: i))).ToList();
        // Any of those above the threshold, not the most similar ones: the pair weight is to have something to tell apart.
        var retrieved = new SeededRandom(seed, BlockKey + 2, (ulong)block).Sample(plan.Retrieved, Math.Min(plan.Retrieved.Count, pairs - aligned.Count));
        // Where too few images are alike, further images serve both tasks.
        var used = retrieved.Select(pair => pair.Generate).Concat(plan.AlignedGenerate).ToHashSet();
        for (var i = 0; aligned.Count + retrieved.Length < pairs; i++)
        {
            if (used.Add(i))
                aligned.Add((Generate, i));
        }
        var records = aligned.Select(pick => Join(pick, pick, 1))
            .Concat(retrieved.Select(pair => Join((Generate, pair.Generate), (Understand, pair.Understand), pair.Similarity)))
            .ToArray();
        new SeededRandom(seed, BlockKey + 1, (ulong)block).Shuffle<PairRecord>(records);
        return records;
    }

    private PairRecord Join((int Pool, int Index) generate, (int Pool, int Index) understand, double similarity) => new()
    {
        Similarity = Math.Round(similarity, 6),
        Generate = pools[generate.Pool][generate.Index].AsGenerate(Keep(generate)),
        Understand = pools[understand.Pool][understand.Index].AsUnderstand(Keep(understand)),
    };

    private string Keep((int Pool, int Index) pick)
    {
        var path = $"images/{block:D3}{(pick.Pool == Understand ? 'u' : 'g')}{pick.Index:D4}.png";
        Images[path] = pools[pick.Pool][pick.Index].Image;
        return path;
    }
}
