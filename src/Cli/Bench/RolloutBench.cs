using PairUni.Cli.Models;
using PairUni.Contracts;
using PairUni.Modeling.Devices;
using PairUni.Modeling.Janus;
using PairUni.Modeling.Sampling;

namespace PairUni.Cli.Bench;

/// <summary>Images per second of one group: prompt, image tokens with guidance, VQ decoding to bytes. Or the time of a token where an image would take too long.</summary>
internal static class RolloutBench
{
    private const string Prompt = "a photo of a red circle left of a blue square";

    /// <param name="model">The model's folder.</param>
    /// <param name="device">Device of both sides: cpu, cuda or cuda:N.</param>
    /// <param name="dtype">Type of the weights on both sides.</param>
    /// <param name="group">Images of the group.</param>
    /// <param name="tokens">Tokens of each image to draw; null for whole images.</param>
    /// <param name="threads">Threads of each side.</param>
    /// <param name="rounds">Rounds of each side.</param>
    /// <param name="time">The clock of ours.</param>
    /// <param name="command">Command line, for the record.</param>
    public static async Task<BenchResult> Run(
        string model, string device, string dtype, int group, int? tokens, int threads, int rounds, TimeProvider time, string command)
    {
        using var policy = JanusPolicy.Load(model, ModelFlags.ParseDevice(device, "--device"), DtypeFlag.Parse(dtype));
        if (tokens > policy.Config.ImageTokens)
            throw new UserErrorException($"--tokens is {tokens}, but an image of {model} has {policy.Config.ImageTokens} tokens; give at most that");
        var promptTokens = policy.Prompts.Generation(Prompt).Length;
        var python = await PythonBaseline.Find();
        string[] flags = tokens is { } limit ? ["--device", device, "--dtype", dtype, "--random", "--tokens", $"{limit}"] : ["--device", device, "--dtype", dtype];
        using var baseline = python is { } found
            ? JanusBaseline.Start(found.Python, "rollout", model, flags, ("group", group), ("threads", threads), ("prompt-tokens", promptTokens))
            : null;
        await using var loop = new DeviceLoop("bench", policy.Model.Device, threads);
        var seeds = Enumerable.Range(0, group).Select(i => SampleSeed.Derive(1, 0, 0, 0, i)).ToArray();
        double Round()
        {
            var start = time.GetTimestamp();
            ImageSampler.Sample(policy, Prompt, seeds, new() { MaxTokens = tokens, Decode = tokens is null });
            return time.GetElapsedTime(start).TotalSeconds;
        }

        var warmUps = tokens is null ? 3 : 1;
        var (ours, theirs) = await Interleaved.Run(rounds, warmUps, () => loop.Run(Round), baseline is null ? null : baseline.Round);
        var work = tokens is null
            ? $"a group of {group} images from {model} in {dtype}: prompt of {promptTokens} tokens, {policy.Config.ImageTokens} image tokens with guidance, decoding; {threads} threads"
            : $"the first {tokens} tokens of {group} images from {model} in {dtype}, with guidance, the prompt of {promptTokens} tokens included; {threads} threads";
        var floor = tokens is null ? null : await loop.Run(() => MemoryFloor.Measure(policy, time));
        return new BenchResult
        {
            Work = work,
            Unit = tokens is null ? "images/s" : "ms/token",
            Ours = Figure(ours, group, tokens),
            PyTorch = theirs is { } seconds ? Figure(seconds, group, tokens) : null,
            PyTorchVersion = python?.Version,
            Rounds = rounds,
            Notes = floor is null ? [] : [floor.Line(ours / tokens!.Value)],
            Command = command,
        };
    }

    private static double Figure(double seconds, int group, int? tokens) => tokens is { } count ? seconds * 1000 / count : group / seconds;
}
