namespace Orleans;

/// <summary>Something that starts and stops in stages.</summary>
public interface ILifecycleObservable
{
    /// <summary>Lets <paramref name="observer"/> take part at <paramref name="stage"/>; lower stages start first and stop last.</summary>
    IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer);
}
