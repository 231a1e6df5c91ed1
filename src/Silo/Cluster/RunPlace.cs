using System.Globalization;
using Orleans;
using PairUni.Contracts;
using PairUni.Contracts.Options;
using PairUni.Grains;
using StackExchange.Redis;

namespace PairUni.Silo;

/// <summary>What all runs of a process share: its Redis, its grains, its clock and where runs are written.</summary>
public sealed class RunPlace(SiloSettings settings, IConnectionMultiplexer redis, IRunOutputs outputs, WeightSharing weights, IGrainFactory grains,
    SiloInstruments instruments, TimeProvider time)
{
    public IDatabase Redis => redis.GetDatabase();

    /// <summary>What the cluster's keys in Redis begin with.</summary>
    public string Prefix => RedisDoor.Prefix(settings.Cluster);

    public IRunOutputs Outputs => outputs;

    public TimeProvider Time => time;

    /// <summary>Opens what shows a run's steps, the silo's metrics among it.</summary>
    public IProgressSink Sink(RunOptions options, RunFolder folder) => new MeteredSink(folder.Name, outputs.Open(options, folder), instruments);

    /// <summary>Engines whose groups the silo's metrics count.</summary>
    public MeteredRolloutEngines Metered(IRolloutEngines engines) => new(engines, instruments, time);

    /// <summary>A run's options with the paths of this process.</summary>
    /// <exception cref="UserErrorException">They cannot be read.</exception>
    public RunOptions Options(string json)
    {
        var options = RunOptionsJson.Read(json);
        if (settings.Out is { } parent) options = options with { Run = options.Run with { Out = parent } };
        return outputs.Placed(options);
    }

    /// <summary>The weights of an attempt of a run as this process has and serves them.</summary>
    public SharedWeights Weights(RunEntry entry) => weights.Of(WeightsName(entry), grains.GetGrain<IPolicyGrain>(entry.Name));

    /// <summary>The attempt is over for this process: its weights are forgotten.</summary>
    public ValueTask LeaveWeights(RunEntry entry) => weights.Leave(WeightsName(entry));

    private static string WeightsName(RunEntry entry) => string.Create(CultureInfo.InvariantCulture, $"{entry.Name}@{entry.Attempt}");
}
