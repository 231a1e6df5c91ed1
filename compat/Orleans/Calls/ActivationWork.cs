using Orleans.Activations;

namespace Orleans.Runtime;

/// <summary>Something an activation runs under its interleaving rules: a call or a timer's tick.</summary>
internal abstract class ActivationWork
{
    public abstract CallTraits Traits { get; }

    /// <summary>The chain of calls it belongs to, or empty.</summary>
    public virtual Guid ReentrancyId => Guid.Empty;

    /// <summary>Nobody waits for it any more: it is dropped instead of run.</summary>
    public virtual bool IsAbandoned => false;

    /// <summary>Counts as use of the activation.</summary>
    public virtual bool KeepsAlive => true;

    /// <summary>What a filter or interleaving rule may look at; null for ticks.</summary>
    public virtual Serialization.Invocation.IInvokable? Request => null;

    /// <summary>Runs on the activation's scheduler and ends in <see cref="Activation.Finished"/>.</summary>
    public abstract void Execute(Activation activation);

    /// <summary>The activation cannot run it: it goes elsewhere or its caller learns why.</summary>
    public abstract void Return(Silos.SiloRuntime silo, Exception? reason);
}
