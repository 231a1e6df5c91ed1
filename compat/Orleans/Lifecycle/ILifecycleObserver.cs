namespace Orleans;

/// <summary>Takes part in starting and stopping.</summary>
public interface ILifecycleObserver
{
    /// <summary>Called on the way up.</summary>
    Task OnStart(CancellationToken cancellationToken = default);

    /// <summary>Called on the way down.</summary>
    Task OnStop(CancellationToken cancellationToken = default);
}
