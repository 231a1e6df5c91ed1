using Orleans.Runtime;

namespace PairUni.Silo;

/// <summary>A silo takes work once the register has let it in, and as long as the cluster counts it as active.</summary>
public sealed class MemberCheck(SiloMembership membership, IClusterMembershipService members, ILocalSiloDetails silo) : IReadinessCheck
{
    public ValueTask<string?> Obstacle(CancellationToken cancellationToken)
    {
        if (!membership.Joined.IsCompleted) return new("the register has not let the silo in yet");
        var status = members.CurrentSnapshot.GetSiloStatus(silo.SiloAddress);
        return new(status == SiloStatus.Active ? null : $"the cluster counts the silo as {status}");
    }
}
