using PairUni.Contracts;

namespace PairUni.Silo;

/// <summary>How a run ended.</summary>
/// <param name="Phase">Finished, Stopped or Failed.</param>
/// <param name="Version">Steps done.</param>
/// <param name="Error">Why it failed; empty otherwise.</param>
/// <param name="UserError">Whether the person can mend it: exit code 2 instead of 1.</param>
public sealed record RunOutcome(RunPhase Phase, int Version, string Error, bool UserError);
