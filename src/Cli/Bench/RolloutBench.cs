using PairUni.Modeling.Devices;
using PairUni.Modeling.Janus;
using PairUni.Modeling.Sampling;

namespace PairUni.Cli.Bench;

/// <summary>Images per second of one group: prompt, image tokens with guidance, VQ decoding to bytes.</summary>
internal static class RolloutBench
{
    private const string Prompt = "a photo of a red circle left of a blue square";
    private const int WarmUps = 3;

    /// <param name="model">The model's folder.</param>
    /// <param name="group">Images of the group.</param>
    /// <param name="threads">Threads of each side.</param>
    /// <param name="rounds">Rounds of each side.</param>
    /// <param name="time">The clock of ours.</param>
    /// <param name="command">Command line, for the record.</param>
    public static async Task<BenchResult> Run(string model, int group, int threads, int rounds, TimeProvider time, string command)
    {
        using var policy = JanusPolicy.Load(model);
        var promptTokens = policy.Prompts.Generation(Prompt).Length;
        var python = await PythonBaseline.Find();
        using var baseline = python is { } found
            ? JanusBaseline.Start(found.Python, "rollout", model, ("group", group), ("threads", threads), ("prompt-tokens", promptTokens))
            : null;
        await using var loop = new DeviceLoop("bench", policy.Model.Device, threads);
        var seeds = Enumerable.Range(0, group).Select(i => SampleSeed.Derive(1, 0, 0, 0, i)).ToArray();
        double Round()
        {
            var start = time.GetTimestamp();
            ImageSampler.Sample(policy, Prompt, seeds, new());
            return time.GetElapsedTime(start).TotalSeconds;
        }

        var (ours, theirs) = await Interleaved.Run(rounds, WarmUps, () => loop.Run(Round), baseline is null ? null : baseline.Round);
        return new BenchResult
        {
            Work = $"a group of {group} images from {model}: prompt of {promptTokens} tokens, {policy.Config.ImageTokens} image tokens with guidance, decoding; {threads} threads",
            Unit = "images/s",
            Ours = group / ours,
            PyTorch = group / theirs,
            PyTorchVersion = python?.Version,
            Rounds = rounds,
            Command = command,
        };
    }
}
