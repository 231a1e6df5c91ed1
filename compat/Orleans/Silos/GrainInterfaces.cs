using System.Collections.Concurrent;
using Orleans.Membership;
using Orleans.Runtime;

namespace Orleans.Silos;

/// <summary>Finds the grain class behind an interface, on this silo or another of the cluster.</summary>
internal sealed class GrainInterfaces(SiloRuntime silo)
{
    private readonly ConcurrentDictionary<(Type Interface, string? Prefix), GrainType> _known = new();

    public GrainType Resolve(Type interfaceType, string? prefix)
    {
        if (_known.TryGetValue((interfaceType, prefix), out var known))
        {
            return known;
        }

        var found = Find(interfaceType, prefix);
        _known.TryAdd((interfaceType, prefix), found);
        return found;
    }

    private GrainType Find(Type interfaceType, string? prefix)
    {
        var here = silo.Hosted.Where(one => Fits(one, interfaceType, prefix)).ToArray();
        var candidates = here.Length > 0 || silo.Status == SiloStatus.Created
            ? here
            : silo.Cluster.Silos.SelectMany(other => other.Classes.Values).Where(one => Fits(one, interfaceType, prefix)).DistinctBy(one => one.GrainType).ToArray();
        switch (candidates.Length)
        {
            case 0:
                throw new ArgumentException($"Could not find an implementation for interface {interfaceType.FullName}{(prefix is null ? "" : $" with prefix {prefix}")}");
            case 1:
                return candidates[0].GrainType;
            default:
                // As by convention: IThing is ThingGrain or Thing before any other class.
                var name = interfaceType.Name.TrimStart('I').ToLowerInvariant();
                var conventional = candidates.Where(one => one.Name.ToLowerInvariant() == name).ToArray();
                return conventional.Length == 1
                    ? conventional[0].GrainType
                    : throw new ArgumentException(
                        $"Unable to identify a single appropriate grain type for interface {interfaceType.FullName}. Candidates: {string.Join(", ", candidates.Select(one => one.Class))}");
        }
    }

    private static bool Fits(HostedClass one, Type interfaceType, string? prefix) =>
        one.Interfaces.Contains(interfaceType.ToString())
        && (prefix is null || one.Class.StartsWith(prefix, StringComparison.Ordinal) || one.GrainType.ToString()!.StartsWith(prefix, StringComparison.Ordinal));
}
