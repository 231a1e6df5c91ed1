using Orleans.Core;
using Orleans.Timers;

namespace Orleans.Runtime;

/// <summary>What a silo gives to its grains.</summary>
public interface IGrainRuntime
{
    /// <summary>The silo's address as text.</summary>
    string SiloIdentity { get; }

    /// <summary>The silo's address.</summary>
    SiloAddress SiloAddress { get; }

    /// <summary>Makes references.</summary>
    IGrainFactory GrainFactory { get; }

    /// <summary>Makes timers.</summary>
    ITimerRegistry TimerRegistry { get; }

    /// <summary>The silo's services.</summary>
    IServiceProvider ServiceProvider { get; }

    /// <summary>The silo's clock.</summary>
    TimeProvider TimeProvider => TimeProvider.System;

    /// <summary>Ends an activation when its calls have ended.</summary>
    void DeactivateOnIdle(IGrainContext grainContext);

    /// <summary>Keeps an activation from being collected for a time.</summary>
    void DelayDeactivation(IGrainContext grainContext, TimeSpan timeSpan);

    /// <summary>The state of a <see cref="Grain{TGrainState}"/>.</summary>
    IStorage<TGrainState> GetStorage<TGrainState>(IGrainContext grainContext);
}
