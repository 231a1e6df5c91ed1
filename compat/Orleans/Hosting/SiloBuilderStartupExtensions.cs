using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Orleans.Hosting;

/// <summary>Work that a silo does when it starts.</summary>
public static class SiloBuilderStartupExtensions
{
    /// <summary>Does the work of <typeparamref name="TStartup"/> at <paramref name="stage"/>.</summary>
    public static ISiloBuilder AddStartupTask<TStartup>(this ISiloBuilder builder, int stage = ServiceLifecycleStage.Active)
        where TStartup : class, IStartupTask =>
        builder.AddStartupTask((services, token) => ActivatorUtilities.GetServiceOrCreateInstance<TStartup>(services).Execute(token), stage);

    /// <summary>Does the work of <paramref name="startupTask"/> at <paramref name="stage"/>.</summary>
    public static ISiloBuilder AddStartupTask(this ISiloBuilder builder, IStartupTask startupTask, int stage = ServiceLifecycleStage.Active) =>
        builder.AddStartupTask((_, token) => startupTask.Execute(token), stage);

    /// <summary>Runs <paramref name="startupTask"/> at <paramref name="stage"/>.</summary>
    public static ISiloBuilder AddStartupTask(
        this ISiloBuilder builder, Func<IServiceProvider, CancellationToken, Task> startupTask, int stage = ServiceLifecycleStage.Active)
    {
        builder.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(services => new Participant(services, startupTask, stage));
        return builder;
    }

    private sealed class Participant(IServiceProvider services, Func<IServiceProvider, CancellationToken, Task> task, int stage)
        : ILifecycleParticipant<ISiloLifecycle>
    {
        public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe("Startup task", stage, token => task(services, token));
    }
}
