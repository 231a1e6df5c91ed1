using PairUni.Modeling.Devices;
using PairUni.Modeling.Janus;

namespace PairUni.Cli.Bench;

/// <summary>Seconds of one PairGRPO update on both halves of a step's pairs: forward, loss, backward, clipping, AdamW.</summary>
internal static class LearnerBench
{
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
        var (prompt, question) = LearnerWork.Prompts(policy);
        var python = await PythonBaseline.Find();
        using var baseline = python is { } found
            ? JanusBaseline.Start(found.Python, "learner", model, ("group", group), ("pairs", pairs), ("threads", threads), ("prompt-tokens", prompt.Length), ("question-tokens", question.Ids.Length))
            : null;
        using var learner = new LearnerWork(policy, pairs, group);
        await using var loop = new DeviceLoop("bench", policy.Model.Device, threads);
        double Round()
        {
            var start = time.GetTimestamp();
            learner.Step();
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
}
