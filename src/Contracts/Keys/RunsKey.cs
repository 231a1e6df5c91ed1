namespace PairUni.Contracts;

/// <summary>The key of a cluster's one register of runs.</summary>
public static class RunsKey
{
    public const string Only = "runs";
}
