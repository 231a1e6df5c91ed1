using System.Globalization;

namespace PairUni.Cli.Bench;

/// <summary>One run of bench overlap.</summary>
/// <param name="Lengths">How long groups are.</param>
/// <param name="MaxLag">Versions that generation may be ahead.</param>
/// <param name="Seconds">What the run took.</param>
/// <param name="IdealSeconds">What it takes when all but the first step's generation hides behind training.</param>
/// <param name="SynchronousSeconds">What it takes when they wait for each other, all workers busy.</param>
/// <param name="LargestLag">Versions that a trained group was behind at most.</param>
internal sealed record OverlapRow(OverlapLengths Lengths, int MaxLag, double Seconds, double IdealSeconds, double SynchronousSeconds, int LargestLag)
{
    /// <summary>Share of the ideal.</summary>
    public double Share => IdealSeconds / Seconds;

    private string Name => Lengths switch
    {
        OverlapLengths.ByTask => "by task",
        OverlapLengths.Unforeseen => "unforeseen",
        _ => "equal",
    };

    public string Line() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name,-12}{MaxLag,8}{Seconds,10:0.00} s{IdealSeconds,10:0.00} s{SynchronousSeconds,12:0.00} s{Share,10:0%}{LargestLag,12}");
}
