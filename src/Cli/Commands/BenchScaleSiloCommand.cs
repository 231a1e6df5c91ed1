using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using PairUni.Cli.Bench;
using PairUni.Cli.Bench.Scale;
using PairUni.Contracts;
using PairUni.Grains;
using PairUni.Silo;

namespace PairUni.Cli.Commands;

/// <summary>pairuni bench scale-silo: one process of bench scale's workers. Hidden, because nobody else needs it.</summary>
internal static class BenchScaleSiloCommand
{
    public static Command Create(CliContext context)
    {
        var (redis, index, workers) = (new Option<string>("--redis") { Required = true }, new Option<int>("--index"), new Option<int>("--workers"));
        var (all, length) = (new Option<int>("--all"), new Option<double>("--length"));
        var command = new Command("scale-silo") { Hidden = true };
        foreach (var option in new Option[] { redis, index, workers, all, length })
            command.Options.Add(option);
        command.SetAction(async (parsed, cancellation) =>
        {
            var name = FormattableString.Invariant($"bench{parsed.GetValue(index)}");
            var engines = new StubEngines(_ => TimeSpan.FromSeconds(parsed.GetValue(length)), context.Time);
            using var host = await ScaleSilo.Start(
                ScaleSilo.Settings(parsed.GetRequiredValue(redis), name, SiloRole.Rollout | SiloRole.Reward), new OneRunServices(null!, engines, [new StubReward(StubRun.Reward)]), context.Time);
            var spec = ScaleBench.Spec(parsed.GetValue(all));
            var grains = host.Services.GetRequiredService<IGrainFactory>();
            for (var worker = 0; worker < parsed.GetValue(workers); worker++)
                await grains.GetGrain<IRolloutGrain>(new WorkerKey(name, worker).ToString()).Start(spec, cancellation);
            context.Out.WriteLine("ready");
            context.Out.Flush();
            await Console.In.ReadToEndAsync(cancellation);
            await host.StopAsync(cancellation);
            return ExitCode.Done;
        });
        return command;
    }
}
