namespace Orleans.Runtime;

/// <summary>On a grain's constructor parameter of type <see cref="IPersistentState{TState}"/>: the state's name and storage.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public class PersistentStateAttribute(string stateName, string? storageName = null) : Attribute, IFacetMetadata
{
    /// <summary>Name of the state within the grain.</summary>
    public string StateName { get; } = stateName;

    /// <summary>Name of the storage; null: the default one.</summary>
    public string? StorageName { get; } = storageName;
}
