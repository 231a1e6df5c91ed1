namespace PairUni.Algorithms;

/// <summary>
/// How long work of each kind takes, from what was seen: the longest first is how a step's work ends at about the same time at all
/// workers, so that none is left with a long piece at the end.
/// </summary>
public sealed class WorkLengths<TKind>
    where TKind : notnull
{
    private readonly Dictionary<TKind, double> _seconds = [];

    /// <summary>Seconds that a piece of this kind takes, smoothed; 0 before the first one.</summary>
    public double Expected(TKind kind) => _seconds.GetValueOrDefault(kind);

    /// <summary>A piece of this kind took <paramref name="seconds"/>.</summary>
    public void Took(TKind kind, double seconds) => _seconds[kind] = Smoothed.With(Expected(kind), seconds);
}
