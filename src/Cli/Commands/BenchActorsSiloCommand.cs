using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using PairUni.Cli.Bench.Actors;

namespace PairUni.Cli.Commands;

/// <summary>pairuni bench actors-silo: one process of bench actors. Hidden, because nobody else needs it.</summary>
internal static class BenchActorsSiloCommand
{
    private const int Rounds = 3;

    public static Command Create(CliContext context)
    {
        var (redis, role) = (new Option<string>("--redis") { Required = true }, new Option<ActorsBenchRole>("--role") { Required = true });
        var (probe, victim) = (new Option<double>("--probe"), new Option<int>("--victim"));
        var (calls, callers, seconds) = (BenchActorsCommand.Calls(), BenchActorsCommand.Callers(), BenchActorsCommand.Seconds());
        var command = new Command("actors-silo") { Hidden = true };
        foreach (var option in new Option[] { redis, role, probe, victim, calls, callers, seconds })
            command.Options.Add(option);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var host = await ActorsBenchSilo.Start(parsed.GetRequiredValue(redis), parsed.GetValue(role), parsed.GetValue(probe));
            if (parsed.GetValue(role) == ActorsBenchRole.Host)
            {
                context.Out.WriteLine("ready");
                await host.WaitForShutdownAsync(cancellationToken);
                return ExitCode.Done;
            }

            var grains = host.Services.GetRequiredService<IGrainFactory>();
            var (median, rate) = (0.0, 0.0);
            if (parsed.GetValue(calls) > 0)
            {
                median = await ActorsBenchCalls.Median(grains, parsed.GetValue(calls), context.Time);
                rate = await ActorsBenchCalls.PerSecond(grains, parsed.GetValue(callers), TimeSpan.FromSeconds(parsed.GetValue(seconds)), Rounds, context.Time);
            }

            var start = context.Time.GetTimestamp();
            using (var other = Process.GetProcessById(parsed.GetValue(victim)))
                other.Kill();
            var dead = await ActorsBenchSilo.UntilDead(grains, context.Time, start);
            context.Out.WriteLine(JsonSerializer.Serialize(new ActorsMeasured(median, rate, dead)));
            await host.StopAsync(cancellationToken);
            return ExitCode.Done;
        });
        return command;
    }
}
