namespace Orleans.Providers;

/// <summary>On a <see cref="Grain{TGrainState}"/>: which storage its state is in.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StorageProviderAttribute : Attribute
{
    /// <summary>The storage's name.</summary>
    public string ProviderName { get; set; } = ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME;
}
