namespace Orleans;

/// <summary>Subscribing with delegates.</summary>
public static class LifecycleExtensions
{
    private static readonly Func<CancellationToken, Task> Nothing = static _ => Task.CompletedTask;

    /// <summary>Subscribes both directions.</summary>
    public static IDisposable Subscribe(
        this ILifecycleObservable observable, string observerName, int stage, Func<CancellationToken, Task> onStart, Func<CancellationToken, Task>? onStop)
    {
        ArgumentNullException.ThrowIfNull(observable);
        ArgumentNullException.ThrowIfNull(onStart);
        return observable.Subscribe(observerName, stage, new Observer(onStart, onStop ?? Nothing));
    }

    /// <summary>Subscribes the way up.</summary>
    public static IDisposable Subscribe(this ILifecycleObservable observable, string observerName, int stage, Func<CancellationToken, Task> onStart) =>
        observable.Subscribe(observerName, stage, onStart, null);

    /// <summary>Subscribes both directions under the name of <typeparamref name="TObserver"/>.</summary>
    public static IDisposable Subscribe<TObserver>(
        this ILifecycleObservable observable, int stage, Func<CancellationToken, Task> onStart, Func<CancellationToken, Task> onStop) =>
        observable.Subscribe(typeof(TObserver).FullName!, stage, onStart, onStop);

    /// <summary>Subscribes the way up under the name of <typeparamref name="TObserver"/>.</summary>
    public static IDisposable Subscribe<TObserver>(this ILifecycleObservable observable, int stage, Func<CancellationToken, Task> onStart) =>
        observable.Subscribe(typeof(TObserver).FullName!, stage, onStart, null);

    private sealed class Observer(Func<CancellationToken, Task> start, Func<CancellationToken, Task> stop) : ILifecycleObserver
    {
        public Task OnStart(CancellationToken cancellationToken = default) => start(cancellationToken);

        public Task OnStop(CancellationToken cancellationToken = default) => stop(cancellationToken);
    }
}
