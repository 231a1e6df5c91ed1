using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;

namespace PairUni.Compat.Orleans;

public interface IContextGrain : IGrainWithStringKey
{
    Task<string?> Tenant();

    Task<string?> TenantOf(IContextGrain other);

    Task<string?> SetAndAsk(IContextGrain other, string tenant);

    Task<int> Twice(int number);
}

public sealed class ContextGrain : Grain, IContextGrain, IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        await context.Invoke();
        if (context.MethodName == nameof(IContextGrain.Twice))
        {
            context.Result = (int)context.Result! + 1;
        }
    }

    public Task<string?> Tenant() => Task.FromResult(RequestContext.Get("tenant") as string);

    public Task<string?> TenantOf(IContextGrain other) => other.Tenant();

    public Task<string?> SetAndAsk(IContextGrain other, string tenant)
    {
        RequestContext.Set("tenant", tenant);
        return other.Tenant();
    }

    public Task<int> Twice(int number) => Task.FromResult(2 * number);
}

public class HostingTests
{
    [Fact]
    public async Task Values_flow_with_calls_and_not_back()
    {
        await using var silo = await TestSilo.Start();
        var a = silo.Grains.GetGrain<IContextGrain>("a");
        var b = silo.Grains.GetGrain<IContextGrain>("b");
        (await a.Tenant()).ShouldBeNull();
        RequestContext.Set("tenant", "x");
        (await a.Tenant()).ShouldBe("x");
        (await a.TenantOf(b)).ShouldBe("x");
        (await a.SetAndAsk(b, "y")).ShouldBe("y");
        RequestContext.Get("tenant").ShouldBe("x");
        RequestContext.Clear();
        (await a.Tenant()).ShouldBeNull();
    }

    [Fact]
    public async Task Nothing_ambient_of_the_caller_reaches_the_grain_but_its_request_context()
    {
        await using var silo = await TestSilo.Start();
        Ambient.Value.Value = "caller";
        (await silo.Grains.GetGrain<IAmbientGrain>("a").Read()).ShouldBeNull();
    }

    [Fact]
    public async Task Filters_run_around_calls_in_order()
    {
        var seen = new List<string>();
        await using var silo = await TestSilo.Start(one => one
            .AddIncomingGrainCallFilter(async context =>
            {
                seen.Add($"before {context.InterfaceMethod.Name} of {context.TargetId}({context.Request.GetArgument(0)})");
                await context.Invoke();
                seen.Add($"after {context.Result}");
            })
            .AddIncomingGrainCallFilter(async context =>
            {
                seen.Add("inner");
                await context.Invoke();
            }));
        (await silo.Grains.GetGrain<IContextGrain>("a").Twice(4)).ShouldBe(9);
        seen.ShouldBe(["before Twice of context/a(4)", "inner", "after 9"]);
    }

    [Fact]
    public async Task Outgoing_filters_run_around_the_calls_that_a_silo_makes()
    {
        var seen = new List<string>();
        await using var silo = await TestSilo.Start(one => one.AddOutgoingGrainCallFilter(async context =>
        {
            RequestContext.Set("tenant", "from the filter");
            await context.Invoke();
            lock (seen)
            {
                seen.Add($"{context.SourceId?.ToString() ?? "outside"} to {context.TargetId}: {context.Result}");
            }
        }));
        (await silo.Grains.GetGrain<IContextGrain>("a").TenantOf(silo.Grains.GetGrain<IContextGrain>("b"))).ShouldBe("from the filter");
        seen.ShouldBe(["context/a to context/b: from the filter", "outside to context/a: from the filter"]);
    }

    [Fact]
    public async Task A_filter_that_fails_fails_the_call()
    {
        await using var silo = await TestSilo.Start(one => one.AddIncomingGrainCallFilter(_ => throw new InvalidTimeZoneException("not here")));
        await Should.ThrowAsync<InvalidTimeZoneException>(() => silo.Grains.GetGrain<IContextGrain>("a").Twice(4));
    }

    [Fact]
    public async Task Startup_tasks_run_when_grains_can_be_called_and_participants_in_their_stage()
    {
        var order = new List<string>();
        await using (await TestSilo.Start(silo =>
        {
            silo.AddStartupTask(async (services, _) =>
                order.Add("startup " + await services.GetRequiredService<IGrainFactory>().GetGrain<IContextGrain>("a").Twice(1)));
            silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(new Participant(order));
        }))
        {
            order.ShouldBe(["up", "startup 3"]);
        }

        order.ShouldBe(["up", "startup 3", "down"]);
    }

    [Fact]
    public async Task A_startup_task_that_fails_fails_the_start() =>
        (await Should.ThrowAsync<Exception>(() => TestSilo.Start(silo => silo.AddStartupTask((_, _) => throw new InvalidTimeZoneException("no start")))))
            .ToString().ShouldContain("no start");

    [Fact]
    public async Task A_silo_without_clustering_does_not_start()
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.UseOrleans();
        await Should.ThrowAsync<OrleansConfigurationException>(async () =>
        {
            using var host = builder.Build();
            await host.StartAsync();
        });
    }

    [Fact]
    public async Task The_client_and_the_factory_come_from_the_hosts_services()
    {
        await using var silo = await TestSilo.Start();
        (await silo.Services.GetRequiredService<IClusterClient>().GetGrain<IContextGrain>("a").Twice(3)).ShouldBe(7);
        silo.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress.Endpoint.ShouldBe(silo.Endpoint);
        Should.Throw<ArgumentException>(() => silo.Grains.GetGrain<IContextGrain>(" "));
    }

    private sealed class Participant(List<string> order) : ILifecycleParticipant<ISiloLifecycle>
    {
        public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
            nameof(Participant),
            ServiceLifecycleStage.ApplicationServices,
            _ =>
            {
                order.Add("up");
                return Task.CompletedTask;
            },
            _ =>
            {
                order.Add("down");
                return Task.CompletedTask;
            });
    }
}

public static class Ambient
{
    public static readonly AsyncLocal<string?> Value = new();
}

public interface IAmbientGrain : IGrainWithStringKey
{
    Task<string?> Read();
}

public sealed class AmbientGrain : Grain, IAmbientGrain
{
    public Task<string?> Read() => Task.FromResult(Ambient.Value.Value);
}
