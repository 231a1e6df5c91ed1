using System.Globalization;
using PairUni.Cli.RunFiles;

namespace PairUni.Cli.Bench.Actors;

/// <summary>
/// What bench actors measured beside the figures of Orleans 10.2.2 on two cores: a call 31 to 41 us, 173,000 to 245,000 calls a
/// second of 64 callers, a killed silo declared dead after 12 to 13 s by default and 3 s with probes of 1 s.
/// </summary>
internal sealed record ActorsBenchResult
{
    private static readonly (double Low, double High) OrleansMedian = (31, 41);
    private static readonly (double Low, double High) OrleansRate = (173e3, 245e3);
    private static readonly (double Low, double High) OrleansDead = (12, 13);
    private static readonly (double Low, double High) OrleansTunedDead = (3, 3);

    public required double MedianMicroseconds { get; init; }

    public required double CallsPerSecond { get; init; }

    public required int Callers { get; init; }

    /// <summary>Kill to declared dead with the default options.</summary>
    public required double DeadSeconds { get; init; }

    /// <summary>The same with probes of one second.</summary>
    public required double TunedDeadSeconds { get; init; }

    public required string Command { get; init; }

    public string Hardware { get; } = EnvironmentFile.Hardware();

    /// <summary>How many times slower than Orleans' slower figure each one is: below 1 is faster.</summary>
    public double MedianFactor => MedianMicroseconds / OrleansMedian.High;

    public double RateFactor => OrleansRate.Low / CallsPerSecond;

    public double DeadFactor => DeadSeconds / OrleansDead.High;

    public double TunedDeadFactor => TunedDeadSeconds / OrleansTunedDead.High;

    public IEnumerable<string> Lines()
    {
        yield return "two silos, a process each, and a Redis of their own on this machine";
        yield return $"hardware                  {Hardware}";
        yield return Format($"{"",-26}{"here",12}{"Orleans 10.2.2",22}{"factor",8}  (above 1: slower than Orleans' slower figure)");
        yield return Row("call between silos, p50", $"{MedianMicroseconds:0.0} us", Range(OrleansMedian, "0", " us"), MedianFactor);
        yield return Row($"calls, {Callers} callers", $"{CallsPerSecond:n0}/s", Range(OrleansRate, "n0", "/s"), RateFactor);
        yield return Row("kill to dead, default", $"{DeadSeconds:0.0} s", Range(OrleansDead, "0", " s"), DeadFactor);
        yield return Row("kill to dead, 1 s probes", $"{TunedDeadSeconds:0.0} s", Range(OrleansTunedDead, "0", " s"), TunedDeadFactor);
        yield return Command;
    }

    private static string Row(string what, FormattableString here, string orleans, double factor) =>
        Format($"{what,-26}{Format(here),12}{orleans,22}{factor,8:0.00}");

    private static string Range((double Low, double High) range, string format, string unit)
    {
        var (low, high) = (range.Low.ToString(format, CultureInfo.InvariantCulture), range.High.ToString(format, CultureInfo.InvariantCulture));
        return low == high ? low + unit : $"{low} to {high}{unit}";
    }

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
