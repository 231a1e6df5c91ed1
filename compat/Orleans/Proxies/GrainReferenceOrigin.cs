using Orleans.Runtime;
using Orleans.Silos;

namespace Orleans.Proxies;

/// <summary>What references to one interface made by one silo have in common.</summary>
internal sealed class GrainReferenceOrigin(SiloRuntime silo, Type? interfaceType)
{
    public SiloRuntime Silo => silo;

    public Type? Interface => interfaceType;

    public GrainInterfaceType InterfaceType { get; } = new(interfaceType?.FullName ?? "");
}
