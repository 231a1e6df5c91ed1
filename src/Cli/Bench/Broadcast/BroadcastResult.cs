using System.Globalization;
using PairUni.Cli.RunFiles;

namespace PairUni.Cli.Bench;

/// <summary>What bench broadcast measured: medians over its rounds.</summary>
internal sealed record BroadcastResult
{
    /// <summary>Bytes of the model.</summary>
    public required long Bytes { get; init; }

    public required int Receivers { get; init; }

    /// <summary>Bytes that left the learner, in models, in the worst round.</summary>
    public required double LearnerModels { get; init; }

    /// <summary>Bytes that the receivers sent to each other, in models.</summary>
    public required double PeerModels { get; init; }

    /// <summary>Calls to the policy grain in a round.</summary>
    public required int Claims { get; init; }

    /// <summary>Seconds from the order to fetch until the last receiver holds the verified model.</summary>
    public required double Seconds { get; init; }

    /// <summary>Seconds that the learner's process computed meanwhile: what serving takes from a training step beside it.</summary>
    public required double LearnerCpuSeconds { get; init; }

    /// <summary>Seconds of writing and hashing the same bytes in one process, on every core.</summary>
    public required double FloorSeconds { get; init; }

    /// <summary>The same on one thread.</summary>
    public required double FloorOneThreadSeconds { get; init; }

    /// <summary>Time divided by the floor on every core.</summary>
    public double FloorRatio => Seconds / FloorSeconds;

    /// <summary>Milliseconds of a training step with nothing beside it, with the broadcast beside it, and with the floor's work beside it.</summary>
    public (double Alone, double Broadcast, double Floor)? StepMilliseconds { get; init; }

    public required int Rounds { get; init; }

    public required string Command { get; init; }

    public string Hardware { get; } = EnvironmentFile.Hardware();

    public IEnumerable<string> Lines()
    {
        yield return Format($"a model of {Bytes / (double)(1 << 30):0.00} GiB from a learner to {Receivers} processes on this machine, each keeping it in memory");
        yield return $"hardware  {Hardware}";
        yield return Format($"bytes     {LearnerModels:0.00} models left the learner (target: at most 1.3), {PeerModels:0.00} went from receiver to receiver; {Claims} calls to the policy grain");
        yield return Format($"time      {Seconds:0.00} s until the last one holds it, verified: {Receivers * Bytes / Seconds / 1e9:0.00} GB/s in all");
        yield return Format($"learner   {LearnerCpuSeconds:0.00} s of computing in its process meanwhile: {100 * LearnerCpuSeconds / Seconds / Environment.ProcessorCount:0.0} % of this machine");
        yield return Format($"floor     {FloorSeconds:0.00} s to write and hash those bytes in one process on every core ({FloorOneThreadSeconds:0.00} s on one)");
        yield return Format($"ratio     {FloorRatio:0.00} of the floor on every core (target: at most 1.5), {Seconds / FloorOneThreadSeconds:0.00} of that on one");
        if (StepMilliseconds is var (alone, broadcast, floor))
        {
            yield return Format($"training  {alone:0.0} ms a step alone, {broadcast:0.0} ms while it broadcasts: {100 * ((broadcast / alone) - 1):+0.0;-0.0} % (target: below 5 %)");
            yield return Format($"          {floor:0.0} ms beside the floor's work: {100 * ((floor / alone) - 1):+0.0;-0.0} % is this machine's share; receivers ran at idle priority");
        }

        yield return $"medians of {Rounds} rounds, the worst one for bytes; {Command}";
    }

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
