using PairUni.Algorithms;
using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>What a run knows of one of its workers.</summary>
internal sealed class WorkerRecord(string name)
{
    private DateTimeOffset? _busySince;
    private double _secondsPerGroup;

    public string Name { get; } = name;

    public int Delivered { get; private set; }

    /// <summary>Version of the weights that it held when it last asked.</summary>
    public int PolicyVersion { get; set; } = -1;

    /// <summary>Faults since it last delivered.</summary>
    public int FaultsInRow { get; private set; }

    /// <summary>What all workers had delivered when the first of those came.</summary>
    public long TotalAtFirstFault { get; private set; }

    /// <summary>Why it gets no work; empty when it does.</summary>
    public string SetAside { get; set; } = "";

    public DateTimeOffset AsideUntil { get; set; }

    /// <summary>Groups a minute, smoothed; 0 before its first one.</summary>
    public double Speed => _secondsPerGroup > 0 ? 60 / _secondsPerGroup : 0;

    /// <summary>It got work.</summary>
    public void Took(DateTimeOffset now) => _busySince ??= now;

    /// <summary>A group of it is settled.</summary>
    /// <returns>Seconds that the group took; 0 when that is not known.</returns>
    public double Finished(DateTimeOffset now, bool hasMore)
    {
        var seconds = 0.0;
        Delivered++;
        FaultsInRow = 0;
        if (_busySince is { } since)
        {
            seconds = Math.Max(1e-3, (now - since).TotalSeconds);
            _secondsPerGroup = Smoothed.With(_secondsPerGroup, seconds);
        }

        _busySince = hasMore ? now : null;
        return seconds;
    }

    /// <summary>It handed a group back because something went wrong.</summary>
    public void Faulted(long total)
    {
        if (FaultsInRow++ == 0) TotalAtFirstFault = total;
        _busySince = null;
    }

    /// <summary>It begins again with a clean record.</summary>
    public void Forgive() => (FaultsInRow, SetAside) = (0, "");

    public WorkerEntry Entry(int leased) => new()
    {
        Worker = Name,
        Leased = leased,
        Delivered = Delivered,
        GroupsPerMinute = Speed,
        PolicyVersion = PolicyVersion,
        SetAside = SetAside,
    };
}
