namespace Orleans.Configuration;

/// <summary>Which cluster a silo belongs to.</summary>
public class ClusterOptions
{
    /// <summary>The cluster of silos that say nothing.</summary>
    public const string DefaultClusterId = "default";

    /// <summary>The service of silos that say nothing.</summary>
    public const string DefaultServiceId = "default";

    /// <summary>Silos with the same id find each other.</summary>
    public string ClusterId { get; set; } = DefaultClusterId;

    /// <summary>Names stored data; lives longer than a cluster.</summary>
    public string ServiceId { get; set; } = DefaultServiceId;
}
