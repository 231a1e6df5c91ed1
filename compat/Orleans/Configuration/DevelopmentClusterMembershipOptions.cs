using System.Net;

namespace Orleans.Configuration;

/// <summary>Which silo the others look for.</summary>
public class DevelopmentClusterMembershipOptions
{
    /// <summary>That silo's endpoint; null: this silo itself.</summary>
    public IPEndPoint? PrimarySiloEndpoint { get; set; }
}
