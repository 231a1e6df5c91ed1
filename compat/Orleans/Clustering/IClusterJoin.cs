using Orleans.Silos;

namespace Orleans.Clustering;

/// <summary>Takes a silo or client into a cluster of several processes.</summary>
internal interface IClusterJoin
{
    /// <summary>Listens, enters the silo and makes it active by calling <paramref name="ready"/> in between, when calls may come.</summary>
    Task Join(SiloRuntime silo, string name, Action<ICluster> ready, CancellationToken cancellationToken);
}
