namespace Orleans.Runtime;

/// <summary>Looks into the cluster; the grain with key 0.</summary>
public interface IManagementGrain : IGrainWithIntegerKey
{
    /// <summary>The silos and how they are.</summary>
    Task<Dictionary<SiloAddress, SiloStatus>> GetHosts(bool onlyActive = false);

    /// <summary>Deactivates what has been idle for <paramref name="ageLimit"/>, on all silos.</summary>
    Task ForceActivationCollection(TimeSpan ageLimit);

    /// <summary>How many activations there are.</summary>
    Task<int> GetTotalActivationCount();

    /// <summary>Where a grain is active; null when it is not.</summary>
    ValueTask<SiloAddress?> GetActivationAddress(IAddressable reference);
}
