using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>Stores states of grains. A write with a tag that is not the stored one throws <see cref="InconsistentStateException"/>.</summary>
public interface IGrainStorage
{
    /// <summary>Fills <paramref name="grainState"/> with what is stored.</summary>
    Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

    /// <summary>Stores <paramref name="grainState"/> and gives it its new tag.</summary>
    Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

    /// <summary>Removes what is stored.</summary>
    Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);
}
