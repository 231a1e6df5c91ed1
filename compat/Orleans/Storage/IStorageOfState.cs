namespace Orleans.Core;

/// <summary>A typed state in memory and where it is stored.</summary>
public interface IStorage<TState> : IStorage
{
    /// <summary>The state in memory.</summary>
    TState State { get; set; }
}
