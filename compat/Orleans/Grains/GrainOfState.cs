using Microsoft.Extensions.DependencyInjection;
using Orleans.Core;
using Orleans.Runtime;

namespace Orleans;

/// <summary>A grain with one state, read before activation; see <see cref="IPersistentState{TState}"/> for several.</summary>
public class Grain<TGrainState> : Grain
{
    private readonly IStorage<TGrainState> _storage;

    /// <summary>A grain that the runtime is activating.</summary>
    protected Grain() => _storage = GrainContext.ActivationServices.GetRequiredService<IGrainRuntime>().GetStorage<TGrainState>(GrainContext);

    /// <summary>A grain with a given storage, for tests.</summary>
    protected Grain(IStorage<TGrainState> storage) => _storage = storage;

    /// <summary>The state in memory.</summary>
    protected TGrainState State
    {
        get => _storage.State;
        set => _storage.State = value;
    }

    /// <summary>Clears the stored state.</summary>
    protected virtual Task ClearStateAsync() => _storage.ClearStateAsync();

    /// <summary>Stores the state.</summary>
    protected virtual Task WriteStateAsync() => _storage.WriteStateAsync();

    /// <summary>Reads the stored state again.</summary>
    protected virtual Task ReadStateAsync() => _storage.ReadStateAsync();
}
