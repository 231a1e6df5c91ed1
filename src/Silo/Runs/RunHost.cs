using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using PairUni.Contracts;
using PairUni.Contracts.Options;

namespace PairUni.Silo;

/// <summary>Runs a whole training in this process: a silo with the learner and as many rollout workers as the options say.</summary>
public static class RunHost
{
    /// <summary>Starts the run, or goes on with it from its last checkpoint.</summary>
    /// <param name="options">The run's options.</param>
    /// <param name="folder">Its folder; stays the caller's to dispose, after the handle.</param>
    /// <param name="pairsFile">PairUG file to train on.</param>
    /// <param name="sink">Who wants to see it.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="Data.DataFileException">The pairs cannot be used; a model that cannot be used fails the run instead.</exception>
    public static Task<RunHandle> Start(
        RunOptions options, RunFolder folder, string pairsFile, IProgressSink sink, TimeProvider time, CancellationToken cancellationToken) =>
        Start(options, folder, Ports(options, folder, pairsFile, time), sink, time, cancellationToken);

    /// <summary>Starts a run with ports of the caller's. The handle disposes them.</summary>
    public static async Task<RunHandle> Start(
        RunOptions options, RunFolder folder, RunPorts ports, IProgressSink sink, TimeProvider time, CancellationToken cancellationToken)
    {
        var spec = RunSpecs.Of(options, folder.Name);
        var pump = new ProgressPump(sink);
        var host = LocalSilo.Build(spec.Run, folder.GrainState, Path.Combine(folder.Logs, "pairuni.log"), ports, pump, time);
        await host.StartAsync(cancellationToken);
        var grains = host.Services.GetRequiredService<IGrainFactory>();
        var run = grains.GetGrain<IRunGrain>(spec.Run);
        await run.Start(spec, cancellationToken);
        if (folder.CommittedStep > 0) pump.Message($"going on from the checkpoint of step {folder.CommittedStep}");
        var workers = Enumerable.Range(0, options.Rollout.Workers)
            .Select(device => grains.GetGrain<IRolloutGrain>(new WorkerKey("local", device).ToString()));
        return new(host, new(run, [.. workers], spec, pump, time), pump, ports, time);
    }

    /// <summary>The ports of a Janus run: engines, trainer, rewards, data, stores.</summary>
    /// <param name="options">The run's options.</param>
    /// <param name="folder">Its folder.</param>
    /// <param name="pairsFile">PairUG file to train on.</param>
    /// <param name="time">The clock.</param>
    /// <param name="weights">How versions get to the engines; within this process when absent.</param>
    /// <exception cref="Data.DataFileException">The pairs cannot be used.</exception>
    /// <exception cref="Modeling.ModelFileException">A reward's model cannot be used.</exception>
    public static RunPorts Ports(RunOptions options, RunFolder folder, string pairsFile, TimeProvider time, IWeightSharing? weights = null)
    {
        var rewards = RewardModels.Of(options);
        weights ??= new LocalWeights(new MemoryWeightStore());
        return new()
        {
            Pairs = new UgPairSource(pairsFile, options),
            Engines = new JanusRolloutEngines(options, weights),
            Trainer = new JanusPolicyTrainer(options, folder.Checkpoints, weights, Hash(options)),
            Rewards = rewards,
            Groups = new FileGroupStore(folder.Groups),
            Journal = new JournalFile(folder.JournalFile, time),
        };
    }

    /// <summary>Identity of the options that decide what is learned.</summary>
    internal static string Hash(RunOptions options) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(options))));
}
