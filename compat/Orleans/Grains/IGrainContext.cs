using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>One activation of a grain.</summary>
public interface IGrainContext : ITargetHolder, IEquatable<IGrainContext>
{
    /// <summary>A reference to the grain.</summary>
    GrainReference GrainReference { get; }

    /// <summary>The grain.</summary>
    GrainId GrainId { get; }

    /// <summary>The grain object; null before it is made.</summary>
    object? GrainInstance { get; }

    /// <summary>Tells this activation from others of the grain.</summary>
    ActivationId ActivationId { get; }

    /// <summary>Grain, activation and silo.</summary>
    GrainAddress Address { get; }

    /// <summary>Services with the activation's lifetime.</summary>
    IServiceProvider ActivationServices { get; }

    /// <summary>Lets components take part in activation and deactivation.</summary>
    IGrainLifecycle ObservableLifecycle { get; }

    /// <summary>Runs work as turns of this activation.</summary>
    IWorkItemScheduler Scheduler { get; }

    /// <summary>Done when the activation has ended.</summary>
    Task Deactivated { get; }

    /// <summary>Attaches (or with null detaches) a component.</summary>
    void SetComponent<TComponent>(TComponent? value)
        where TComponent : class;

    /// <summary>Starts to end this activation.</summary>
    void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);
}
