using PairUni.Contracts;
using PairUni.Contracts.Options;

namespace PairUni.Client;

/// <summary>
/// A program's way into a cluster: submit runs, see what there is, send workers away. Connects through any silo and goes on through
/// another when that one leaves. All members may be called at once.
/// <code>
///   await using var cluster = await PairUniClient.Connect(ClusterAddress.FromEnvironment());
///   var run = await cluster.Submit("short", new RunOptions { Learner = new() { MaxSteps = 20 } });
///   await foreach (var step in run.Steps()) Console.WriteLine($"{step.Step} {step.Metrics["reward/mean"]}");
/// </code>
/// </summary>
public sealed class PairUniClient : IAsyncDisposable
{
    private readonly ClusterConnection _connection;
    private readonly Patience _patience;

    private PairUniClient(ClusterConnection connection, Patience patience) => (_connection, _patience) = (connection, patience);

    /// <summary>Connects; at most twenty seconds.</summary>
    /// <exception cref="UserErrorException">Redis or the cluster refuse, or no silo is there; the sentence says what to do.</exception>
    public static async Task<PairUniClient> Connect(ClusterAddress address, CancellationToken cancellationToken = default)
    {
        var redis = RedisDoor.Options(address.Redis, address.RedisPassword);
        var connection = await ClusterConnection.Open(redis, address.Cluster, address.Token, address.Tls, TimeProvider.System, cancellationToken);
        return new(connection, new(address.Patience, TimeProvider.System));
    }

    /// <summary>Gives the cluster a run. It goes on whether this process stays or not.</summary>
    /// <param name="name">Its name and its folder's.</param>
    /// <param name="options">Its settings; paths are looked for on the silos.</param>
    /// <param name="mode">What to do when a run of that name exists.</param>
    /// <param name="cancellationToken">Ends the wait; the run may have been taken in by then.</param>
    /// <exception cref="UserErrorException">The cluster refuses, with the reason.</exception>
    public async Task<RunClient> Submit(string name, RunOptions options, SubmitMode mode = SubmitMode.New, CancellationToken cancellationToken = default)
    {
        options = options with { Run = options.Run with { Name = name } };
        var submission = new SubmitRun { Name = name, Options = RunOptionsJson.Write(options), Mode = mode, Protocol = Protocol.Version };
        var before = await Attempt(name, cancellationToken);
        var isRepeated = false;
        Granted(await _patience.Ask(Once, cancellationToken));
        return Run(name);

        // An attempt that got no answer may have been taken in all the same.
        async Task<RequestAnswer> Once(CancellationToken token)
        {
            if (isRepeated && await Attempt(name, token) > before) return new() { Refusal = "" };
            isRepeated = true;
            return await _connection.Register.Submit(submission, token);
        }
    }

    /// <summary>A run by its name; nothing is asked yet.</summary>
    public RunClient Run(string name) => new(name, _connection, _patience);

    /// <summary>The runs that the cluster remembers, in the order of their submission.</summary>
    public async Task<IReadOnlyList<RunEntry>> Runs(CancellationToken cancellationToken = default) => (await Register(cancellationToken)).Runs;

    /// <summary>The cluster's processes, by name.</summary>
    public async Task<IReadOnlyList<SiloEntry>> Silos(CancellationToken cancellationToken = default) => (await Register(cancellationToken)).Silos;

    /// <summary>All that the cluster knows of its runs and processes, as of one moment.</summary>
    public Task<RunRegister> Register(CancellationToken cancellationToken = default) =>
        _patience.Ask(token => _connection.Register.Follow(-1, token), cancellationToken);

    /// <summary>Lets a worker (silo/device) or a whole silo finish or hand back what it holds, and leave; returns once it was told.</summary>
    /// <exception cref="UserErrorException">There is no such worker or silo.</exception>
    public async Task Drain(string worker, CancellationToken cancellationToken = default) =>
        Granted(await _patience.Ask(token => _connection.Register.Drain(worker, token), cancellationToken));

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    internal static void Granted(RequestAnswer answer)
    {
        if (answer.Refusal.Length > 0) throw new UserErrorException(answer.Refusal);
    }

    private async Task<int> Attempt(string run, CancellationToken cancellationToken) =>
        (await Runs(cancellationToken)).FirstOrDefault(r => r.Name == run)?.Attempt ?? 0;
}
