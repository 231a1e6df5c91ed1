using Orleans.Networking;
using Orleans.Runtime;

namespace Orleans.Membership;

/// <summary>Probes the silos that follow this one in the ring of addresses and suspects those that do not answer.</summary>
internal sealed class Prober(
    MembershipAgent agent, Func<SiloAddress, CancellationToken, Task<int>> probe, Action<SiloAddress> reconnect, MembershipLog log, TimeProvider time)
    : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopped = new();
    private readonly Dictionary<SiloAddress, int> _missed = [];
    private Task _loop = Task.CompletedTask;

    public void Start()
    {
        using (ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow())
        {
            _loop = Task.Run(Run);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        await _loop;
    }

    private async Task Run()
    {
        var period = agent.Options.ProbeTimeout;
        using var timer = new PeriodicTimer(period, time);
        var last = time.GetTimestamp();
        try
        {
            while (await timer.WaitForNextTickAsync(_stopped.Token))
            {
                // This process itself may have stood still: then silence says nothing about the others.
                var since = time.GetElapsedTime(last);
                last = time.GetTimestamp();
                var heldUp = since > (period * 2) + TimeSpan.FromSeconds(1);
                if (heldUp)
                {
                    log.HeldUp(since);
                    agent.Wake();
                }

                await Round(heldUp);
                if (time.GetElapsedTime(last) > period * 1.5)
                {
                    last = time.GetTimestamp();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The silo stops.
        }
    }

    private async Task Round(bool heldUp)
    {
        var targets = Targets();
        foreach (var gone in _missed.Keys.Except(targets).ToArray())
        {
            _missed.Remove(gone);
        }

        var failures = await Task.WhenAll(targets.Select(Probe));
        for (var i = 0; i < targets.Length; i++)
        {
            if (failures[i] is not { } failure)
            {
                _missed.Remove(targets[i]);
            }
            else if (!heldUp)
            {
                var missed = _missed[targets[i]] = _missed.GetValueOrDefault(targets[i]) + 1;
                log.Missed(targets[i], missed, failure.Message);
                if (missed == 2 && failure is TimeoutException)
                {
                    // The connection may be what is dead: the next probe makes a new one.
                    reconnect(targets[i]);
                }

                if (missed >= agent.Options.NumMissedProbesLimit || failure is StrangerException)
                {
                    _ = Suspect(targets[i], missed, failure);
                }
            }
        }
    }

    private async Task<Exception?> Probe(SiloAddress silo)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_stopped.Token);
        limit.CancelAfter(agent.Options.ProbeTimeout);
        try
        {
            await probe(silo, limit.Token).WaitAsync(limit.Token);
            return null;
        }
        catch (OperationCanceledException) when (_stopped.IsCancellationRequested)
        {
            return null;
        }
        catch (OperationCanceledException)
        {
            return new TimeoutException($"no answer within {agent.Options.ProbeTimeout}");
        }
        catch (Exception exception)
        {
            return exception;
        }
    }

    private async Task Suspect(SiloAddress silo, int missed, Exception failure)
    {
        try
        {
            await agent.Suspect(
                silo, failure is StrangerException ? failure.Message : $"{missed} probes in a row had no answer, the last because: {failure.Message}", failure is StrangerException, _stopped.Token);
        }
        catch (OperationCanceledException)
        {
            // The silo stops.
        }
        catch (Exception exception)
        {
            log.Failed(exception);
        }
    }

    // The next ones behind this silo in the order of their addresses, so that each is probed by several.
    private SiloAddress[] Targets()
    {
        var ring = agent.Known.Rows.Values
            .Where(row => row.Status is SiloStatus.Active or SiloStatus.ShuttingDown or SiloStatus.Stopping)
            .Select(row => row.Address)
            .Where(address => !address.Equals(agent.Local))
            .Order()
            .ToArray();
        var first = Array.FindIndex(ring, address => address.CompareTo(agent.Local) > 0);
        return first <= 0 ? [.. ring.Take(agent.Options.NumProbedSilos)]
            : [.. ring.Skip(first).Concat(ring.Take(first)).Take(agent.Options.NumProbedSilos)];
    }
}
