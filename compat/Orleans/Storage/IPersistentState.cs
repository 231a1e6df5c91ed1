using Orleans.Core;

namespace Orleans.Runtime;

/// <summary>A state that a grain gets by a constructor parameter with <see cref="PersistentStateAttribute"/>; it is read before OnActivateAsync.</summary>
public interface IPersistentState<TState> : IStorage<TState>;
