using System.Collections.Concurrent;
using PairUni.Contracts;
using PairUni.Grains;

namespace PairUni.Silo;

/// <summary>
/// What a process of a cluster has to do with weights. Register it beside the HTTP port with
/// <see cref="WeightSharingServices.AddWeightSharing"/>, so that others can fetch from it, and give <see cref="Of"/> of a run to its trainer
/// and its engines (RunHost.Ports takes it). Call <see cref="Leave"/> when the process has no part in the run any more.
/// </summary>
/// <remarks>
/// <code>
///   JanusPolicyTrainer --Publish--> SharedWeights --chunks, deltas--> IWeightStore --GET /weights/RUN/HASH--> other processes
///                                         |
///                        manifest, Claim: who holds what --> PolicyGrain
///                                         |
///   other processes --pieces--> WeightClient --verified--> SharedWeights (kept, served on) --Fetch--> JanusRolloutEngine.Load
/// </code>
/// </remarks>
public sealed class WeightSharing : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<SharedWeights>> _runs = new(StringComparer.Ordinal);
    private readonly WeightClient _client;

    /// <param name="options">Bounds, address and token.</param>
    /// <param name="time">The clock.</param>
    /// <param name="instruments">Who counts the bytes.</param>
    public WeightSharing(WeightSharingOptions options, TimeProvider time, SiloInstruments? instruments = null)
    {
        (Options, Time, Sends) = (options, time, new(options.MaxSends, options.MaxWaiting, instruments));
        _client = new(options, instruments);
    }

    /// <summary>Bounds, address and token.</summary>
    public WeightSharingOptions Options { get; }

    /// <summary>Bytes of pieces that this process sent.</summary>
    public long BytesSent => Sends.Bytes;

    /// <summary>Bytes of pieces that this process got.</summary>
    public long BytesFetched => _client.Bytes;

    internal SendGate Sends { get; }

    internal TimeProvider Time { get; }

    /// <summary>The weights of a run, made on first use.</summary>
    /// <param name="run">Name of the run.</param>
    /// <param name="policy">Its policy grain.</param>
    public SharedWeights Of(string run, IPolicyGrain policy) =>
        _runs.GetOrAdd(run, name => new(() => new SharedWeights(name, policy, new MemoryWeightStore(), _client, Options, Time))).Value;

    /// <summary>Forgets the weights of a run that this process has no part in any more.</summary>
    public async ValueTask Leave(string run)
    {
        if (_runs.TryRemove(run, out var weights) && weights.IsValueCreated) await weights.Value.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var run in _runs.Keys) await Leave(run);
        _client.Dispose();
    }

    internal IWeightStore? Store(string run) => _runs.TryGetValue(run, out var weights) && weights.IsValueCreated ? weights.Value.Store : null;
}
