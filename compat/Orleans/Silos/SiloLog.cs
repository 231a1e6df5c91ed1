using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.Silos;

/// <summary>What a silo logs.</summary>
internal sealed partial class SiloLog(ILogger<SiloLog> logger)
{
    [LoggerMessage(1, LogLevel.Information, "Silo {Name} is {Status} at {Address}.")]
    public partial void Status(string name, SiloStatus status, SiloAddress address);

    [LoggerMessage(2, LogLevel.Warning, "Grain {Grain} could not be activated.")]
    public partial void ActivationFailed(GrainId grain, Exception exception);

    [LoggerMessage(3, LogLevel.Warning, "Grain {Grain} failed while it was deactivated.")]
    public partial void DeactivationFailed(GrainId grain, Exception exception);

    [LoggerMessage(4, LogLevel.Debug, "Grain {Grain} is active on {Silo} already; its calls go there.")]
    public partial void DuplicateActivation(GrainId grain, SiloAddress silo);

    [LoggerMessage(5, LogLevel.Error, "A timer of grain {Grain} failed; it goes on.")]
    public partial void TimerFailed(GrainId grain, Exception exception);

    [LoggerMessage(6, LogLevel.Warning, "The one-way call {Call} failed.")]
    public partial void OneWayFailed(string call, Exception exception);

    [LoggerMessage(7, LogLevel.Warning, "{Count} activations did not end in {Time}; they are dropped.")]
    public partial void Dropped(int count, TimeSpan time);

    [LoggerMessage(8, LogLevel.Warning, "A service failed while the silo stopped.")]
    public partial void StopFailed(Exception exception);

    [LoggerMessage(9, LogLevel.Debug, "{Count} idle activations are collected.")]
    public partial void Collected(int count);

    [LoggerMessage(10, LogLevel.Warning, "A call could not be routed.")]
    public partial void RoutingFailed(Exception exception);
}
