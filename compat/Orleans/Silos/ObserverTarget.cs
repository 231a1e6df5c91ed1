using Orleans.Runtime;

namespace Orleans.Silos;

/// <summary>One observer and the calls that wait for it.</summary>
internal sealed class ObserverTarget(GrainId id, WeakReference<IGrainObserver> observer)
{
    private readonly Lock _gate = new();
    private Task _last = Task.CompletedTask;

    public GrainId Id => id;

    public void Accept(Call call, SiloRuntime silo)
    {
        lock (_gate)
        {
            var before = _last;
            using (ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow())
            {
                _last = Task.Run(() => RunAfter(before, call, silo));
            }
        }
    }

    private async Task RunAfter(Task before, Call call, SiloRuntime silo)
    {
        await before.ConfigureAwait(false);
        if (!observer.TryGetTarget(out var target))
        {
            call.Fail(new OrleansMessageRejectionException($"{id} was collected as garbage; keep the observer alive while it is registered."));
            return;
        }

        await call.Run(target, silo).ConfigureAwait(false);
    }
}
