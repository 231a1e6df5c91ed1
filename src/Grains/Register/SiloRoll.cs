using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>The processes of a cluster: who said lately that it is there. Not thread-safe.</summary>
public sealed class SiloRoll
{
    /// <summary>A process that says nothing for this long is not listed any more.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    private const int GoneRemembered = 64;
    private readonly Queue<string> _gone = new();
    private readonly SortedDictionary<string, (SiloEntry Silo, DateTimeOffset Seen)> _silos = new(StringComparer.Ordinal);

    public SiloEntry[] Silos => [.. _silos.Values.Select(s => s.Silo)];

    /// <summary>The other process that has the name of this one, if there is one.</summary>
    public SiloEntry? Namesake(SiloEntry silo) =>
        _silos.TryGetValue(silo.Name, out var known) && known.Silo.Instance != silo.Instance && known.Silo.Address != silo.Address ? known.Silo : null;

    /// <summary>Takes over those whom an earlier register knew: they have as long as others to speak again.</summary>
    public void Restore(IEnumerable<SiloEntry> silos, DateTimeOffset now)
    {
        foreach (var silo in silos) _silos[silo.Name] = (silo, now);
    }

    /// <summary>It is there; true when the list changed. What one said before it left may arrive after that and counts for nothing.</summary>
    public bool Seen(SiloEntry silo, DateTimeOffset now)
    {
        if (_gone.Contains(silo.Instance)) return false;
        var isNew = !_silos.TryGetValue(silo.Name, out var known) || known.Silo.Instance != silo.Instance;
        _silos[silo.Name] = (silo with { Joined = isNew ? now : known.Silo.Joined }, now);
        return isNew;
    }

    /// <summary>It left; true when it was listed.</summary>
    public bool Left(string instance)
    {
        _gone.Enqueue(instance);
        if (_gone.Count > GoneRemembered) _gone.Dequeue();
        var name = _silos.Values.Where(s => s.Silo.Instance == instance).Select(s => s.Silo.Name).FirstOrDefault();
        return name is not null && _silos.Remove(name);
    }

    /// <summary>Takes those off the list that say nothing; true when there were any.</summary>
    public bool Expire(DateTimeOffset now)
    {
        var silent = _silos.Where(s => now - s.Value.Seen > Silence).Select(s => s.Key).ToArray();
        foreach (var name in silent) _silos.Remove(name);
        return silent.Length > 0;
    }
}
