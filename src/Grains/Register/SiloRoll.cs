using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>The processes of a cluster: who said lately that it is there. Not thread-safe.</summary>
public sealed class SiloRoll
{
    /// <summary>A process that says nothing for this long is not listed any more.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    private readonly SortedDictionary<string, (SiloEntry Silo, DateTimeOffset Seen)> _silos = new(StringComparer.Ordinal);

    public SiloEntry[] Silos => [.. _silos.Values.Select(s => s.Silo)];

    /// <summary>The other process that has the name of this one, if there is one.</summary>
    public SiloEntry? Namesake(SiloEntry silo) =>
        _silos.TryGetValue(silo.Name, out var known) && known.Silo.Instance != silo.Instance && known.Silo.Address != silo.Address ? known.Silo : null;

    /// <summary>It is there; true when the list changed.</summary>
    public bool Seen(SiloEntry silo, DateTimeOffset now)
    {
        var isNew = !_silos.TryGetValue(silo.Name, out var known) || known.Silo.Instance != silo.Instance;
        _silos[silo.Name] = (silo with { Joined = isNew ? now : known.Silo.Joined }, now);
        return isNew;
    }

    /// <summary>It left; true when it was listed.</summary>
    public bool Left(string instance)
    {
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
