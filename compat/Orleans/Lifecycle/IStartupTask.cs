namespace Orleans.Runtime;

/// <summary>Work done when a silo starts; an exception stops the start.</summary>
public interface IStartupTask
{
    /// <summary>Does it.</summary>
    Task Execute(CancellationToken cancellationToken);
}
