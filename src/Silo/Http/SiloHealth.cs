using System.Collections.Concurrent;

namespace PairUni.Silo;

/// <summary>
/// What the probes of a silo are answered from. Startup: the host has started, so the silo has joined. Ready: started, not draining, and
/// no <see cref="IReadinessCheck"/> objects. Live: every <see cref="LoopPulse"/> beat within its limit.
/// </summary>
/// <param name="checks">What must hold before the silo takes work; asked for at each probe, for checks may need what needs this.</param>
/// <param name="time">The clock.</param>
public sealed class SiloHealth(Func<IEnumerable<IReadinessCheck>> checks, TimeProvider time)
{
    private static readonly TimeSpan CheckLimit = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<LoopPulse, byte> _pulses = new();
    private volatile bool _started;
    private volatile bool _draining;

    /// <summary>Whether <see cref="Draining"/> was called.</summary>
    public bool IsDraining => _draining;

    /// <summary>The host has started: the silo has joined the cluster.</summary>
    public void Started() => _started = true;

    /// <summary>The silo takes no more work; not to be undone.</summary>
    public void Draining() => _draining = true;

    /// <summary>Adds a loop; from now on it must beat within every <paramref name="limit"/> until its pulse is disposed.</summary>
    public LoopPulse Loop(string name, TimeSpan limit)
    {
        var pulse = new LoopPulse(this, name, limit, time);
        _pulses[pulse] = 0;
        return pulse;
    }

    /// <summary>Why the silo has not started; nothing when it has.</summary>
    public string? StartupObstacle() => _started ? null : "the silo has not joined the cluster yet";

    /// <summary>Why the silo takes no work; nothing when it does. Each check has two seconds.</summary>
    public async ValueTask<string?> ReadyObstacle(CancellationToken cancellationToken)
    {
        if (StartupObstacle() is { } obstacle) return obstacle;
        if (_draining) return "the silo is draining";
        foreach (var check in checks())
        {
            if (await Ask(check, cancellationToken) is { } objection) return objection;
        }

        return null;
    }

    /// <summary>Which loops are stuck; nothing when none is.</summary>
    public string? LiveObstacle()
    {
        var stuck = _pulses.Keys.Where(p => p.Age > p.Limit).OrderBy(p => p.Name, StringComparer.Ordinal)
            .Select(p => $"{p.Name} made no progress for {p.Age.TotalSeconds:0} s (limit {p.Limit.TotalSeconds:0} s)").ToList();
        return stuck.Count == 0 ? null : string.Join("; ", stuck);
    }

    internal void Forget(LoopPulse pulse) => _pulses.TryRemove(pulse, out _);

    private async ValueTask<string?> Ask(IReadinessCheck check, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(CheckLimit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await check.Obstacle(both.Token).AsTask().WaitAsync(both.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return $"{check.GetType().Name} gave no answer within {CheckLimit.TotalSeconds:0} s";
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return $"{check.GetType().Name} failed: {fault.Message}";
        }
    }
}
