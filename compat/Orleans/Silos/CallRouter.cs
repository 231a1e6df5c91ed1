using Orleans.Placement;
using Orleans.Runtime;

namespace Orleans.Silos;

/// <summary>Finds where a call goes when its grain is not active right here: the directory's answer, or a place for a new activation.</summary>
internal sealed class CallRouter(SiloRuntime silo)
{
    private const int MaxHops = 8;

    /// <summary>Delivers the call or ends it with the reason; never throws.</summary>
    public async Task Route(Call call)
    {
        try
        {
            while (!call.IsAbandoned)
            {
                if (call.Hops++ >= MaxHops)
                {
                    call.Fail(new OrleansMessageRejectionException($"{call} was sent on {MaxHops} times without finding its grain."));
                    return;
                }

                if (call.IsFromSilo)
                {
                    if (!TryRunHere(call))
                    {
                        call.SendBack();
                    }

                    return;
                }

                if (silo.Status == SiloStatus.Dead && !ReferenceEquals(call.Caller, silo))
                {
                    // It came here while this silo left: its caller looks again.
                    call.Caller.Send(call);
                    return;
                }

                if (silo.Status == SiloStatus.Dead)
                {
                    call.Fail(new SiloUnavailableException($"{silo.SiloIdentity} has stopped; {call} cannot be delivered."));
                    return;
                }

                if (call.TargetId.Type.Equals(ObserverTable.Type))
                {
                    silo.Observers.Deliver(call);
                    return;
                }

                if (await Deliver(call).ConfigureAwait(false))
                {
                    return;
                }

                if (call.Hops > 1)
                {
                    // The cluster is changing; 2 ms to 0.25 s, half a second in all, lets it settle.
                    await Task.Delay(TimeSpan.FromMilliseconds(1 << call.Hops)).ConfigureAwait(false);
                }
            }
        }
        catch (Exception exception)
        {
            silo.Log.RoutingFailed(exception);
            call.Fail(exception);
        }
    }

    private async ValueTask<bool> Deliver(Call call)
    {
        var known = IsInDirectory(call.TargetId.Type) ? await silo.Cluster.Directory.Lookup(call.TargetId).ConfigureAwait(false) : null;
        var host = known?.SiloAddress ?? Placer.Choose(call.TargetId, silo.SiloAddress, silo.Cluster.Silos)
            ?? throw new SiloUnavailableException($"No active silo hosts grains of type {call.TargetId.Type}; {call} cannot be delivered.");
        if (!host.Equals(silo.SiloAddress))
        {
            return silo.Cluster.TryDeliver(host, call);
        }

        return TryRunHere(call);
    }

    // On the activation that is here, or on a new one, which finds out from the directory whether it may live.
    private bool TryRunHere(Call call)
    {
        if (call.TargetId.Type.Equals(ObserverTable.Type))
        {
            silo.Observers.Deliver(call);
            return true;
        }

        if (silo.Catalog.TryGet(call.TargetId, out var active))
        {
            return active.TryAccept(call);
        }

        return silo.Classes.TryGetValue(call.TargetId.Type, out var grainClass)
            && silo.Status == SiloStatus.Active
            && silo.Catalog.GetOrCreate(call.TargetId, grainClass).TryAccept(call);
    }

    // Stateless workers are not.
    private bool IsInDirectory(GrainType type)
    {
        if (silo.Classes.TryGetValue(type, out var here))
        {
            return here.Placement.IsUsingGrainDirectory;
        }

        foreach (var other in silo.Cluster.Silos)
        {
            if (other.Classes.TryGetValue(type, out var there))
            {
                return there.Strategy.IsUsingGrainDirectory;
            }
        }

        return true;
    }
}
