using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Orleans.Clustering.Redis;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Orleans.Membership;

/// <summary>
/// One silo's part in the membership protocol: it keeps its row, knows the table, and changes rows by reading the table, deciding, and
/// writing under the version that was read. What it does again and again is in <see cref="MembershipLoops"/>.
/// </summary>
internal sealed class MembershipAgent : IAsyncDisposable
{
    private readonly RedisSiloTable _table;
    private readonly ClusterMembershipOptions _options;
    private readonly MembershipLog _log;
    private readonly IFatalError _fatal;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopped = new();
    private readonly SemaphoreSlim _reading = new(1, 1);
    private readonly LostRows _lost;
    private readonly MembershipLoops _loops;
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
        _lost = new LostRows(_options, time);
        _loops = new MembershipLoops(this, table, log, time);
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
            JoinChecks.Protocol(others.Where(row => !IsStale(table, row)));
            JoinChecks.Clock(_time.GetUtcNow(), table, _options.IAmAliveTablePublishTimeout);
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
        await _table.Follow(_loops.Wake);
        await Refresh(time.Token);
    }

    /// <summary>Makes this silo active and starts to watch.</summary>
    public async Task Activate(CancellationToken cancellationToken)
    {
        await Set(SiloStatus.Active, cancellationToken);
        _loops.Start();
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
            var now = _lost.Keep(_known, await _table.Read(cancellationToken), Local);
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

        DeathVote? vote = null;
        await Change(table =>
        {
            vote = null;
            if (!table.Rows.TryGetValue(silo, out var row) || row.Status == SiloStatus.Dead
                || !table.Rows.TryGetValue(Local, out var self) || self.Status == SiloStatus.Dead)
            {
                return [];
            }

            vote = DeathVote.Cast(_self.Silo, row, table, table.Active.Count(one => !IsStale(table, one)), certain, _options);
            return [vote.Row];
        }, cancellationToken);
        if (vote is { IsDead: true })
        {
            _log.Declared(silo, reason);
        }
        else if (vote is not null)
        {
            _log.Suspected(silo, vote.Votes, vote.Needed);
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
    public void Wake() => _loops.Wake();

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        await _loops.DisposeAsync();
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
}
