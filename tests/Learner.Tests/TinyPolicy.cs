using PairUni.Learner.Training;
using PairUni.Modeling.Images;
using PairUni.Modeling.Janus;
using PairUni.Modeling.Text;

namespace PairUni.Learner.Tests;

/// <summary>A whole Janus of a few ten thousand parameters, and scored groups for it.</summary>
internal static class TinyPolicy
{
    public const int ImageTokens = 4;

    private static readonly JanusTokenizer Tokenizer = Train();

    public static readonly JanusConfig Config = new()
    {
        Vision = new() { ImageSize = 32, PatchSize = 16, Width = 32, Layers = 1, Heads = 2, MlpRatio = 2 },
        Language = new() { HiddenSize = 32, IntermediateSize = 64, Layers = 2, Heads = 2, KeyValueHeads = 2, VocabSize = Tokenizer.VocabSize, MaxPositions = 256 },
        Vq = new() { CodebookSize = 24, CodeWidth = 8, Channels = 32, Multipliers = [1, 1, 1, 1, 1], LatentChannels = 32, ResidualBlocks = 1 },
        GenHeadWidth = 32,
    };

    public static JanusPolicy Create(long seed = 1) => JanusPolicy.Create(Config, Tokenizer, seed);

    /// <summary>An image group whose tokens and rewards derive from the pair's number.</summary>
    public static TrainGroup Images(JanusPolicy policy, int pair, float[]? rewards = null, int size = 4)
    {
        var random = new Random(1000 + pair);
        return new()
        {
            IsImage = true,
            Pair = pair,
            PairWeight = 1 - (0.1 * (pair % 3)),
            PromptIds = policy.Prompts.Generation(pair % 2 == 0 ? "a photo of a red circle" : "three stars"),
            Tokens = [.. Enumerable.Range(0, size).Select(_ => Draw(random, ImageTokens, Config.Vq.CodebookSize))],
            Rewards = rewards ?? [.. Enumerable.Range(0, size).Select(_ => random.NextSingle())],
        };
    }

    /// <summary>An answer group with answers of different lengths, some cut off.</summary>
    public static TrainGroup Answers(JanusPolicy policy, int pair, float[]? rewards = null, int size = 4)
    {
        var random = new Random(2000 + pair);
        var prompt = policy.Prompts.Understanding(pair % 2 == 0 ? "What colour?\nA. red\nB. blue" : "How many?");
        return new()
        {
            IsImage = false,
            Pair = pair,
            PairWeight = 1 - (0.1 * (pair % 3)),
            PromptIds = prompt.Ids,
            ImageMask = prompt.ImageMask,
            Images = [RgbImage.Filled(32, 32, (byte)(20 * pair), 100, 200)],
            Tokens = [.. Enumerable.Range(0, size).Select(i =>
                Draw(random, 1 + (i % 3), 200).Concat(i % 2 == 0 ? [policy.Tokenizer.EosId] : Array.Empty<int>()).ToArray())],
            Rewards = rewards ?? [.. Enumerable.Range(0, size).Select(_ => (float)random.Next(2))],
        };
    }

    private static int[] Draw(Random random, int count, int bound) => [.. Enumerable.Range(0, count).Select(_ => random.Next(bound))];

    private static JanusTokenizer Train()
    {
        var folder = Directory.CreateTempSubdirectory("pairuni-tokenizer-").FullName;
        try
        {
            return BpeTrainer.Train(["a photo of a red circle", "What colour?"], 512, folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
