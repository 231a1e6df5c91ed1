using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Orleans.Silos;

/// <summary>What a silo knows of itself.</summary>
internal sealed class LocalSiloDetails(SiloRuntime silo, IOptions<SiloOptions> options, IOptions<ClusterOptions> cluster) : ILocalSiloDetails
{
    public string Name => options.Value.SiloName ?? $"Silo_{silo.SiloAddress.Generation:x}";

    public string ClusterId => cluster.Value.ClusterId;

    public SiloAddress SiloAddress => silo.SiloAddress;
}
