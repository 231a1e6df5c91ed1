using Orleans.Configuration;

namespace PairUni.Silo;

/// <summary>How soon a dead process is noticed.</summary>
public static class FailureDetection
{
    /// <summary>Probes every second, three of which must be missed: about 3 s from kill to "dead" instead of 13.</summary>
    public static void Tune(ClusterMembershipOptions options)
    {
        options.ProbeTimeout = TimeSpan.FromSeconds(1);
        options.NumMissedProbesLimit = 3;
        options.TableRefreshTimeout = TimeSpan.FromSeconds(5);
        options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
    }
}
