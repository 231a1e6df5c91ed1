using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Orleans;

/// <summary>Base class of grains: one call at a time, on the activation's own scheduler.</summary>
public abstract class Grain : IGrainBase, IAddressable
{
    private readonly IGrainRuntime? _runtime;

    /// <summary>A grain that the runtime is activating (or one outside of the runtime, for tests).</summary>
    protected Grain() : this(RuntimeContext.Current!, null)
    {
    }

    /// <summary>A grain with a given context, for tests.</summary>
    protected Grain(IGrainContext grainContext, IGrainRuntime? grainRuntime = null)
    {
        GrainContext = grainContext;
        _runtime = grainRuntime;
    }

    /// <summary>The activation.</summary>
    public IGrainContext GrainContext { get; }

    /// <summary>A reference to this grain.</summary>
    public GrainReference GrainReference => GrainContext.GrainReference;

    /// <summary>The grain's identity as text.</summary>
    public string IdentityString => GrainContext?.GrainId.ToString() ?? string.Empty;

    /// <summary>The silo's address as text.</summary>
    public string RuntimeIdentity => Runtime.SiloIdentity;

    /// <summary>Makes references to other grains.</summary>
    protected IGrainFactory GrainFactory => Runtime.GrainFactory;

    /// <summary>The silo's services.</summary>
    protected internal IServiceProvider ServiceProvider => GrainContext?.ActivationServices ?? Runtime.ServiceProvider;

    private IGrainRuntime Runtime => _runtime
        ?? GrainContext?.ActivationServices.GetRequiredService<IGrainRuntime>()
        ?? throw new InvalidOperationException($"{GetType().FullName} was not made by a silo and has no runtime.");

    /// <inheritdoc/>
    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends this activation as soon as the calls that run have ended.</summary>
    protected void DeactivateOnIdle() => Runtime.DeactivateOnIdle(GrainContext);

    /// <summary>Keeps this activation from being collected for <paramref name="timeSpan"/>; zero or less takes that back.</summary>
    protected void DelayDeactivation(TimeSpan timeSpan) => Runtime.DelayDeactivation(GrainContext, timeSpan);
}
