using Orleans.Clustering.Redis;
using Orleans.Runtime;

namespace Orleans.Membership;

/// <summary>What a silo that is active does again and again: it follows the table, says that it is alive, and clears away those long dead.</summary>
internal sealed class MembershipLoops(MembershipAgent agent, RedisSiloTable table, MembershipLog log, TimeProvider time) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopped = new();
    private readonly SemaphoreSlim _changed = new(0, 1);
    private readonly List<Task> _loops = [];

    public void Start()
    {
        using (ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow())
        {
            _loops.Add(Task.Run(Follow));
            _loops.Add(Task.Run(SayAlive));
            if (agent.Options.DefunctSiloCleanupPeriod is { } period)
            {
                _loops.Add(Task.Run(() => Clean(period)));
            }
        }
    }

    /// <summary>The table may have changed: read it soon.</summary>
    public void Wake()
    {
        try
        {
            _changed.Release();
        }
        catch (SemaphoreFullException)
        {
            // It will be read soon anyway.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        await Task.WhenAll(_loops);
    }

    private async Task Follow()
    {
        while (!_stopped.IsCancellationRequested)
        {
            try
            {
                await _changed.WaitAsync(agent.Options.TableRefreshTimeout, _stopped.Token);
                await agent.Refresh(_stopped.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception exception)
            {
                log.Failed(exception);
            }
        }
    }

    private async Task SayAlive()
    {
        using var timer = new PeriodicTimer(agent.Options.IAmAliveTablePublishTimeout, time);
        try
        {
            do
            {
                try
                {
                    // Whoever changed the table has told so; had the message been lost, it is seen here.
                    if (await table.Sign(agent.Local, agent.Activations(), _stopped.Token) != agent.Known.Version)
                    {
                        await agent.Refresh(_stopped.Token);
                    }
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    log.Failed(exception);
                }
            }
            while (await timer.WaitForNextTickAsync(_stopped.Token));
        }
        catch (OperationCanceledException)
        {
            // The silo stops.
        }
    }

    private async Task Clean(TimeSpan period)
    {
        using var timer = new PeriodicTimer(period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopped.Token))
            {
                var now = await table.Read(_stopped.Token);
                var old = now.Rows.Values
                    .Where(row => row.Status == SiloStatus.Dead
                        && now.Time - Math.Max(row.Started, now.Signs.GetValueOrDefault(row.Address).Time) > agent.Options.DefunctSiloExpiration.TotalMilliseconds)
                    .Select(row => row.Address)
                    .ToArray();
                if (old.Length > 0)
                {
                    // Somebody else's change in between: the next round will do.
                    await table.Write(now.Version, [], old, _stopped.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The silo stops.
        }
    }
}
