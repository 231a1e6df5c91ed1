using PairUni.Contracts.Options;
using PairUni.Learner.Training;
using PairUni.Modeling.Devices;
using PairUni.Modeling.Images;
using PairUni.Modeling.Janus;
using PairUni.Modeling.Text;

namespace PairUni.Cli.Bench;

/// <summary>Seconds of one PairGRPO update on both halves of a step's pairs: forward, loss, backward, clipping, AdamW.</summary>
internal static class LearnerBench
{
    private const string Prompt = "a photo of a red circle left of a blue square";
    private const string Question = "What colour is the circle?\nA. red\nB. blue\nC. green\nD. black\nAnswer with one of the options.";
    private const int WarmUps = 3;

    /// <param name="model">The model's folder.</param>
    /// <param name="pairs">Pairs of the step.</param>
    /// <param name="group">Samples of each task of a pair.</param>
    /// <param name="threads">Threads of each side.</param>
    /// <param name="rounds">Rounds of each side.</param>
    /// <param name="time">The clock of ours.</param>
    /// <param name="command">Command line, for the record.</param>
    public static async Task<BenchResult> Run(string model, int pairs, int group, int threads, int rounds, TimeProvider time, string command)
    {
        using var policy = JanusPolicy.Load(model);
        var (prompt, question) = (policy.Prompts.Generation(Prompt), policy.Prompts.Understanding(Question));
        var python = await PythonBaseline.Find();
        using var baseline = python is { } found
            ? JanusBaseline.Start(found.Python, "learner", model, ("group", group), ("pairs", pairs), ("threads", threads), ("prompt-tokens", prompt.Length), ("question-tokens", question.Ids.Length))
            : null;
        var options = new LearnerOptions();
        using var learner = new PolicyLearner(policy, new LearnerSettings
        {
            LearningRate = new() { Peak = 1e-6 },
            MaxGradNorm = options.MaxGradNorm,
            MicroBatchGroups = options.MicroBatchGroups,
            Freeze = options.Freeze,
        });
        await using var loop = new DeviceLoop("bench", policy.Model.Device, threads);
        var groups = Groups(policy, prompt, question, pairs, group);
        double Round()
        {
            var start = time.GetTimestamp();
            learner.Step(groups);
            return time.GetElapsedTime(start).TotalSeconds;
        }

        var (ours, theirs) = await Interleaved.Run(rounds, WarmUps, () => loop.Run(Round), baseline is null ? null : baseline.Round);
        return new BenchResult
        {
            Work = $"an update of {model} on {pairs} pairs x 2 tasks x {group} samples: {prompt.Length}+{policy.Config.ImageTokens} and {question.Ids.Length}+2 tokens; {threads} threads",
            Unit = "updates/s",
            Ours = 1 / ours,
            PyTorch = 1 / theirs,
            PyTorchVersion = python?.Version,
            Rounds = rounds,
            Command = command,
        };
    }

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
