using System.Collections.Concurrent;
using Orleans.Runtime;
using Orleans.Silos;

namespace Orleans.Proxies;

/// <summary>Makes the references of one silo.</summary>
internal sealed class GrainReferences(SiloRuntime silo)
{
    private readonly ConcurrentDictionary<Type, GrainReferenceOrigin> _origins = new();
    private readonly GrainReferenceOrigin _untyped = new(silo, null);

    public object Create(Type interfaceType, GrainId grainId) =>
        ProxyType.Create(interfaceType, _origins.GetOrAdd(interfaceType, static (type, owner) => new(owner, type), silo), grainId);

    public GrainReference CreateUntyped(GrainId grainId) => new(_untyped, grainId);
}
