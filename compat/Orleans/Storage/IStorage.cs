namespace Orleans.Core;

/// <summary>A state in memory and where it is stored.</summary>
public interface IStorage
{
    /// <summary>Changes with every write; null when nothing is stored.</summary>
    string? Etag { get; }

    /// <summary>Whether something is stored.</summary>
    bool RecordExists { get; }

    /// <summary>Removes what is stored and resets the state.</summary>
    Task ClearStateAsync();

    /// <summary>Stores the state.</summary>
    Task WriteStateAsync();

    /// <summary>Reads what is stored over the state in memory.</summary>
    Task ReadStateAsync();

    /// <inheritdoc cref="ClearStateAsync()"/>
    Task ClearStateAsync(CancellationToken cancellationToken) => ClearStateAsync();

    /// <inheritdoc cref="WriteStateAsync()"/>
    Task WriteStateAsync(CancellationToken cancellationToken) => WriteStateAsync();

    /// <inheritdoc cref="ReadStateAsync()"/>
    Task ReadStateAsync(CancellationToken cancellationToken) => ReadStateAsync();
}
