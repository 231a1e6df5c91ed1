using PairUni.Contracts;

namespace PairUni.Silo;

/// <summary>A running run, for the metrics.</summary>
/// <param name="Run">Its name.</param>
/// <param name="Status">How it stands.</param>
public sealed record RunFigures(string Run, RunStatus Status)
{
    /// <summary>Groups of open steps that are not generated yet: what workers are there for.</summary>
    public int Waiting => Status.Open + Status.Leased;
}
