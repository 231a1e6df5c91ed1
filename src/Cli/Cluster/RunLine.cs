using System.Text.Json.Serialization;
using PairUni.Contracts;

namespace PairUni.Cli.Cluster;

/// <summary>A run of a cluster, with how it stands if it goes on.</summary>
internal sealed record RunLine(string Name, int Attempt, RunWish Wish, RunPhase Phase, string Error, DateTimeOffset Submitted, RunStatus? Status)
{
    /// <summary>How it stands, in a word.</summary>
    [JsonIgnore]
    public string Word => Phase != RunPhase.Running ? Phase.ToString().ToLowerInvariant()
        : Status is { Paused: true } ? "paused"
        : Status is { Phase: RunPhase.Stopping } ? "stopping"
        : "running";
}
