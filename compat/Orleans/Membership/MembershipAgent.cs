using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Orleans.Clustering.Redis;
using Orleans.Configuration;
using Orleans.Networking;
using Orleans.Runtime;

namespace Orleans.Membership;

/// <summary>
/// One silo's part in the membership protocol: it keeps its row, says that it is alive, follows the table, and changes rows
/// by reading the table, deciding, and writing under the version that was read.
/// </summary>
internal sealed class MembershipAgent : IAsyncDisposable
{
    private static readonly TimeSpan LostSlack = TimeSpan.FromSeconds(10);
    private readonly RedisSiloTable _table;
    private readonly ClusterMembershipOptions _options;
    private readonly MembershipLog _log;
    private readonly IFatalError _fatal;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopped = new();
    private readonly SemaphoreSlim _changed = new(0, 1);
    private readonly SemaphoreSlim _reading = new(1, 1);
    private readonly List<Task> _loops = [];
    private readonly Dictionary<SiloAddress, long> _lost = [];
    private SiloRow _self;
    private volatile SiloTable _known = SiloTable.Empty;
    private bool _joined;
    private int _ended;

    public MembershipAgent(
        RedisSiloTable table, SiloRow self, IOptions<ClusterMembershipOptions> options, MembershipLog log, IFatalError fatal, TimeProvider time)
    {
        _table = table;
        _self = self;
        _options = options.Value;
        _log = log;
        _fatal = fatal;
        _time = time;
    }

    /// <summary>The table was read and is different: before, now.</summary>
    public event Action<SiloTable, SiloTable>? Changed;

    /// <summary>The table had lost what this silo had written.</summary>
    public event Action? Lost;

    public SiloAddress Local => _self.Address;

    public SiloTable Known => _known;

    public ClusterMembershipOptions Options => _options;

    /// <summary>How many activations this silo has, for the others.</summary>
    public Func<int> Activations { get; set; } = static () => 0;

    /// <summary>Enters this silo, not yet active, and ends whatever was at its endpoint before. Throws when it may not join.</summary>
    public async Task Join(Func<SiloRow, Task<bool>> isThere, CancellationToken cancellationToken)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopped.Token);
        time.CancelAfter(_options.MaxJoinAttemptTime);
        var asked = new HashSet<SiloAddress>();
        while (true)
        {
            var table = await _table.Read(time.Token);
            var others = table.Rows.Values.Where(row => row.Status != SiloStatus.Dead && !row.Address.Equals(Local)).ToArray();
            CheckProtocol(others, table);
            CheckClock(table);
            foreach (var namesake in others.Where(row => row.Name == _self.Name && !row.Address.Endpoint.Equals(Local.Endpoint)))
            {
                if (asked.Add(namesake.Address) && await isThere(namesake))
                {
                    throw new OrleansConfigurationException(
                        $"A silo named {_self.Name} is in the cluster already, at {namesake.Address.Endpoint}; give each silo a name of its own.");
                }
            }

            _self = _self with { Status = SiloStatus.Joining, Started = table.Time };
            var changes = others.Where(row => row.Address.Endpoint.Equals(Local.Endpoint)).Select(row => row.Buried()).Append(_self);
            if (await _table.Write(table.Version, changes, [], time.Token))
            {
                break;
            }
        }

        _joined = true;
        await _table.Sign(Local, 0, time.Token);
        await _table.Follow(Wake);
        await Refresh(time.Token);
    }

    /// <summary>Makes this silo active and starts to watch.</summary>
    public async Task Activate(CancellationToken cancellationToken)
    {
        await Set(SiloStatus.Active, cancellationToken);
        using (ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow())
        {
            _loops.Add(Task.Run(Follow));
            _loops.Add(Task.Run(SayAlive));
            if (_options.DefunctSiloCleanupPeriod is { } period)
            {
                _loops.Add(Task.Run(() => Clean(period)));
            }
        }
    }

    /// <summary>Writes this silo's new status.</summary>
    public async Task Set(SiloStatus status, CancellationToken cancellationToken)
    {
        await Change(table =>
        {
            if (table.Rows.TryGetValue(Local, out var row) && row.Status == SiloStatus.Dead)
            {
                return [];
            }

            _self = (row ?? _self) with { Status = status };
            _self = status == SiloStatus.Dead ? _self.Buried() : _self;
            return [_self];
        }, cancellationToken);
        await Refresh(cancellationToken);
    }

    /// <summary>Reads the table now.</summary>
    public async Task Refresh(CancellationToken cancellationToken)
    {
        // One after the other, or somebody could see an older table after a newer one.
        await _reading.WaitAsync(cancellationToken);
        try
        {
            var now = KeepLost(await _table.Read(cancellationToken));
            var before = _known;
            _known = now;
            CheckSelf(now);
            foreach (var row in now.Rows.Values)
            {
                if (before.Rows.GetValueOrDefault(row.Address)?.Status != row.Status)
                {
                    _log.Changed(row.Name, row.Address, row.Status);
                }
            }

            Changed?.Invoke(before, now);
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>Whether a silo has left or was declared dead; one that is not known is looked up first.</summary>
    public async ValueTask<bool> IsGone(SiloAddress silo, CancellationToken cancellationToken)
    {
        if (!_known.Rows.ContainsKey(silo))
        {
            await Refresh(cancellationToken);
        }

        return !_known.Rows.TryGetValue(silo, out var row) || row.Status == SiloStatus.Dead;
    }

    /// <summary>Counts a suspicion; with enough of them the silo is dead.</summary>
    public async Task Suspect(SiloAddress silo, string reason, bool certain, CancellationToken cancellationToken)
    {
        if (!_options.LivenessEnabled)
        {
            return;
        }

        var (votes, needed, dead) = (0, 0, false);
        await Change(table =>
        {
            (votes, needed, dead) = (0, 0, false);
            if (!table.Rows.TryGetValue(silo, out var row) || row.Status == SiloStatus.Dead
                || !table.Rows.TryGetValue(Local, out var self) || self.Status == SiloStatus.Dead)
            {
                return [];
            }

            var fresh = row.Suspects
                .Where(one => one.Silo != _self.Silo && table.Time - one.Time < _options.DeathVoteExpirationTimeout.TotalMilliseconds)
                .Append(new Suspicion(_self.Silo, table.Time))
                .ToArray();
            var active = table.Active.Count(one => !IsStale(table, one));
            votes = fresh.Length;
            needed = Math.Max(1, Math.Min(_options.NumVotesForDeathDeclaration, (active + 1) / 2));
            dead = certain || votes >= needed;
            row = row with { Suspects = fresh };
            return [dead ? row.Buried() : row];
        }, cancellationToken);
        if (dead)
        {
            _log.Declared(silo, reason);
        }
        else if (votes > 0)
        {
            _log.Suspected(silo, votes, needed);
        }

        await Refresh(cancellationToken);
    }

    /// <summary>Whether a silo has given no sign of life for so long that nobody waits for it.</summary>
    public bool IsStale(SiloTable table, SiloRow row)
    {
        var last = Math.Max(row.Started, table.Signs.GetValueOrDefault(row.Address).Time);
        return table.Time - last > _options.IAmAliveTablePublishTimeout.TotalMilliseconds * _options.NumMissedTableIAmAliveLimit;
    }

    /// <summary>Something happened that may be in the table: read it soon.</summary>
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

    /// <summary>This silo must not go on.</summary>
    public void End(string reason)
    {
        if (Interlocked.Exchange(ref _ended, 1) == 0)
        {
            _log.Fatal(reason);
            _fatal.End(reason);
        }
    }

    // Rows of silos that never left do not vanish: then it is the table that lost something, and they will write them again.
    // Until then, and at most for a while, they count as they did.
    private SiloTable KeepLost(SiloTable read)
    {
        var missing = _known.Rows.Values.Where(row => row.Status != SiloStatus.Dead && !read.Rows.ContainsKey(row.Address)
            && !read.Rows.Keys.Any(other => other.Endpoint.Equals(row.Address.Endpoint))).ToArray();
        foreach (var back in _lost.Keys.Except(missing.Select(row => row.Address)).ToArray())
        {
            _lost.Remove(back);
        }

        var kept = missing.Where(row =>
        {
            _lost.TryAdd(row.Address, _time.GetTimestamp());
            return _time.GetElapsedTime(_lost[row.Address]) < (_options.TableRefreshTimeout * 2) + LostSlack;
        }).ToArray();
        if (kept.Length == 0)
        {
            return read;
        }

        var rows = new Dictionary<SiloAddress, SiloRow>(read.Rows);
        foreach (var row in kept)
        {
            rows.Add(row.Address, row);
        }

        return read with { Rows = rows, HasOwn = read.Rows.ContainsKey(Local) };
    }

    private void CheckProtocol(SiloRow[] others, SiloTable table)
    {
        if (others.FirstOrDefault(row => row.Protocol != Introduction.Version && !IsStale(table, row)) is { } other)
        {
            throw new OrleansConfigurationException(
                $"Silo {other.Name} at {other.Address.Endpoint} speaks version {other.Protocol} of the protocol and this one version {Introduction.Version}; run the same release everywhere.");
        }
    }

    private void CheckClock(SiloTable table)
    {
        var ahead = _time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(table.Time);
        if (ahead.Duration() > _options.IAmAliveTablePublishTimeout)
        {
            throw new OrleansConfigurationException(
                $"This machine's clock is {Math.Abs(ahead.TotalSeconds):0} s {(ahead > TimeSpan.Zero ? "ahead of" : "behind")} the one of Redis; set both by the same time server (at most {_options.IAmAliveTablePublishTimeout.TotalSeconds:0} s apart).");
        }
    }

    private void CheckSelf(SiloTable table)
    {
        if (!_joined || _stopped.IsCancellationRequested || _self.Status == SiloStatus.Dead)
        {
            return;
        }

        if (table.HasOwn && table.Rows.TryGetValue(Local, out var row))
        {
            if (row.Status == SiloStatus.Dead)
            {
                var by = string.Join(", ", row.Suspects.Select(one => one.Silo));
                End($"{_self.Name} at {Local} was declared dead by the other silos{(by.Length > 0 ? $" ({by})" : "")}; this process must not act for the cluster any more.");
            }

            return;
        }

        if (table.Rows.Values.Any(other => other.Address.Endpoint.Equals(Local.Endpoint) && other.Address.Generation > Local.Generation))
        {
            End($"{_self.Name} at {Local} was replaced by a newer silo at its endpoint.");
            return;
        }

        _log.RowLost();
        _ = Restore();
    }

    private async Task Restore()
    {
        try
        {
            await Change(table => table.Rows.ContainsKey(Local) ? [] : [_self], _stopped.Token);
            await Refresh(_stopped.Token);
            Lost?.Invoke();
        }
        catch (OperationCanceledException)
        {
            // The silo stops.
        }
    }

    private async Task Change(Func<SiloTable, IReadOnlyList<SiloRow>> decide, CancellationToken cancellationToken)
    {
        while (true)
        {
            var table = await _table.Read(cancellationToken);
            var rows = decide(table);
            if (rows.Count == 0 || await _table.Write(table.Version, rows, [], cancellationToken))
            {
                return;
            }
        }
    }

    private async Task Follow()
    {
        while (!_stopped.IsCancellationRequested)
        {
            try
            {
                await _changed.WaitAsync(_options.TableRefreshTimeout, _stopped.Token);
                await Refresh(_stopped.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception exception)
            {
                _log.Failed(exception);
            }
        }
    }

    private async Task SayAlive()
    {
        using var timer = new PeriodicTimer(_options.IAmAliveTablePublishTimeout, _time);
        try
        {
            do
            {
                try
                {
                    if (!await _table.Sign(Local, Activations(), _stopped.Token))
                    {
                        await Refresh(_stopped.Token);
                    }
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    _log.Failed(exception);
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
        using var timer = new PeriodicTimer(period, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopped.Token))
            {
                var table = await _table.Read(_stopped.Token);
                var old = table.Rows.Values
                    .Where(row => row.Status == SiloStatus.Dead
                        && table.Time - Math.Max(row.Started, table.Signs.GetValueOrDefault(row.Address).Time) > _options.DefunctSiloExpiration.TotalMilliseconds)
                    .Select(row => row.Address)
                    .ToArray();
                if (old.Length > 0)
                {
                    // Somebody else's change in between: the next round will do.
                    await _table.Write(table.Version, [], old, _stopped.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The silo stops.
        }
    }
}
