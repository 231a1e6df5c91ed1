using System.Globalization;
using PairUni.Cli.RunFiles;

namespace PairUni.Cli.Bench.Augment;

/// <summary>What bench augment measured.</summary>
internal sealed record AugmentBenchResult
{
    public required int Samples { get; init; }

    public required int Concurrency { get; init; }

    /// <summary>Mean time of an answer, in seconds.</summary>
    public required double Latency { get; init; }

    public required double Seconds { get; init; }

    /// <summary>Length of <see cref="IdealSchedule"/> for all requests that the endpoint got, failed ones included.</summary>
    public required double IdealSeconds { get; init; }

    /// <summary>The endpoint's times for them divided by the concurrency: as if every place were taken to the very end.</summary>
    public required double FilledSeconds { get; init; }

    /// <summary>The latter with the times as they turned out: what is more is the machine's, not the endpoint's plan.</summary>
    public required double MeasuredSeconds { get; init; }

    /// <summary>Processor time of the command and the endpoint together.</summary>
    public required double ProcessorSeconds { get; init; }

    public required int Completed { get; init; }

    public required int Rejected { get; init; }

    /// <summary>Samples without a decision.</summary>
    public required int Lost { get; init; }

    /// <summary>Inquiries that the endpoint answered as asked more than once.</summary>
    public required int PaidTwice { get; init; }

    public required int Requests { get; init; }

    /// <summary>Answers that the endpoint sent whole.</summary>
    public required int Billed { get; init; }

    /// <summary>Answers in the log.</summary>
    public required int Logged { get; init; }

    /// <summary>How often the endpoint behaved in which way.</summary>
    public required IReadOnlyDictionary<string, int> Moods { get; init; }

    public required string Command { get; init; }

    public string Hardware { get; } = EnvironmentFile.Hardware();

    /// <summary>Share of the ideal throughput.</summary>
    public double Share => IdealSeconds / Seconds;

    public bool IsSound => Lost == 0 && PaidTwice == 0 && Billed == Logged && Completed + Rejected == Samples;

    public IEnumerable<string> Lines()
    {
        yield return Format($"{Samples} augmentations of two answers each at concurrency {Concurrency}, {Latency:0.##} s an answer in the mean");
        yield return $"hardware  {Hardware}";
        yield return $"endpoint  {Requests} requests: {string.Join(", ", Moods.Select(mood => $"{mood.Value} {mood.Key}"))}";
        yield return $"outcome   {Completed} completed, {Rejected} rejected, {Lost} lost; {Billed} answers billed, {Logged} in the log, {PaidTwice} paid twice";
        yield return Format($"PairUni   {Seconds:0.0} s, {Samples / Seconds:0.0} augmentations/s; {ProcessorSeconds:0.0} s of processor time, the endpoint's included");
        yield return Format($"ideal     {IdealSeconds:0.0} s, {Samples / IdealSeconds:0.0} augmentations/s: these requests, each sent the moment that its sample, Retry-After and one of {Concurrency} places allow");
        yield return Format($"filled    {FilledSeconds:0.0} s: their times / {Concurrency}, as if every place were taken to the very end; share {100 * FilledSeconds / Seconds:0.0} %");
        yield return Format($"share     {100 * Share:0.0} %; the endpoint's times turned out {100 * ((MeasuredSeconds / FilledSeconds) - 1):0.0} % longer than planned");
        yield return Command;
    }

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
