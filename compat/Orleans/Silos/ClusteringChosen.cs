namespace Orleans.Silos;

/// <summary>In the services when a kind of clustering was configured.</summary>
internal sealed class ClusteringChosen;
