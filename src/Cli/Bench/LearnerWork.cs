using PairUni.Contracts.Options;
using PairUni.Learner.Training;
using PairUni.Modeling.Images;
using PairUni.Modeling.Janus;
using PairUni.Modeling.Text;

namespace PairUni.Cli.Bench;

/// <summary>The same PairGRPO update again and again, on made-up groups of both halves of a step's pairs.</summary>
internal sealed class LearnerWork : IDisposable
{
    private const string Prompt = "a photo of a red circle left of a blue square";
    private const string Question = "What colour is the circle?\nA. red\nB. blue\nC. green\nD. black\nAnswer with one of the options.";
    private readonly PolicyLearner _learner;
    private readonly List<TrainGroup> _groups;

    /// <param name="policy">The model; stays the caller's.</param>
    /// <param name="pairs">Pairs of the step.</param>
    /// <param name="group">Samples of each task of a pair.</param>
    public LearnerWork(JanusPolicy policy, int pairs, int group)
    {
        var options = new LearnerOptions();
        _learner = new(policy, new()
        {
            LearningRate = new() { Peak = 1e-6 },
            MaxGradNorm = options.MaxGradNorm,
            MicroBatchGroups = options.MicroBatchGroups,
            Freeze = options.Freeze,
        });
        var (prompt, question) = Prompts(policy);
        _groups = Groups(policy, prompt, question, pairs, group);
    }

    public static (int[] Prompt, UnderstandingPrompt Question) Prompts(JanusPolicy policy) =>
        (policy.Prompts.Generation(Prompt), policy.Prompts.Understanding(Question));

    public void Step() => _learner.Step(_groups);

    public void Dispose() => _learner.Dispose();

    private static List<TrainGroup> Groups(JanusPolicy policy, int[] prompt, UnderstandingPrompt question, int pairs, int group)
    {
        var random = new Random(1);
        var side = policy.Config.Vision.ImageSize;
        var letters = new[] { "A", "B", "C", "D" }.Select(l => policy.Tokenizer.Encode(l, addBos: false)[0]).ToArray();
        var groups = new List<TrainGroup>();
        for (var pair = 0; pair < pairs; pair++)
        {
            groups.Add(new TrainGroup
            {
                IsImage = true,
                Pair = pair,
                PromptIds = prompt,
                Tokens = Many(group, () => Many(policy.Config.ImageTokens, () => random.Next(policy.Config.Vq.CodebookSize))),
                Rewards = Rewards(group, random),
            });
            var pixels = new byte[side * side * 3];
            random.NextBytes(pixels);
            groups.Add(new TrainGroup
            {
                IsImage = false,
                Pair = pair,
                PromptIds = question.Ids,
                ImageMask = question.ImageMask,
                Images = [new RgbImage(side, side, pixels)],
                Tokens = Many(group, () => new[] { letters[random.Next(4)], policy.Tokenizer.EosId }),
                Rewards = Rewards(group, random),
            });
        }

        return groups;
    }

    // The first is always different from the second: a group without a signal would be skipped.
    private static float[] Rewards(int group, Random random) => [0, 1, .. Many(group - 2, () => (float)random.Next(2))];

    private static T[] Many<T>(int count, Func<T> make) => [.. Enumerable.Range(0, count).Select(_ => make())];
}
