namespace Orleans.Runtime;

/// <summary>Keys under which a <see cref="TimeProvider"/> may be registered for one purpose; the plain registration is the default of all.</summary>
public static class TimeProviderNames
{
    public const string Grains = "Orleans.Grains";
    public const string Messaging = "Orleans.Messaging";
    public const string ActivationManagement = "Orleans.ActivationManagement";
}
