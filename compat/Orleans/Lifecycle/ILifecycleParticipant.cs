namespace Orleans;

/// <summary>A service that wants to take part in a lifecycle.</summary>
public interface ILifecycleParticipant<TLifecycleObservable>
    where TLifecycleObservable : ILifecycleObservable
{
    /// <summary>Called once; subscribes.</summary>
    void Participate(TLifecycleObservable lifecycle);
}
