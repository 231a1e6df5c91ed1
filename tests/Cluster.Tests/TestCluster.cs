using PairUni.Cli.Chaos;
using PairUni.Cli.Tests;
using PairUni.Client;

namespace PairUni.Cluster.Tests;

/// <summary>A redis-server, a model of a few thousand weights, and silos and commands as processes of their own.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private readonly Dictionary<string, string> _environment = new() { ["OMP_WAIT_POLICY"] = "PASSIVE" };
    private readonly Dictionary<string, SiloProcess> _silos = [];

    private TestCluster(RedisServer redis) => Redis = redis;

    public RedisServer Redis { get; }

    public TemporaryFolder Folder { get; } = new();

    public string Runs => Path.Combine(Folder.Path, "runs");

    public string Model => Path.Combine(Folder.Path, "model");

    /// <summary>The program that silos are started with.</summary>
    public string Program { get; set; } = PairUniProgram.Path;

    public ClusterAddress Address => new() { Redis = Redis.Endpoint };

    public static async Task<TestCluster> Start()
    {
        var cluster = new TestCluster(await RedisServer.Start());
        TinyModel.Write(cluster.Model);
        return cluster;
    }

    /// <summary>A file of settings: steps of four groups, each a moment's work.</summary>
    public string Config(int steps, string? model = null) => Folder.File($"{Guid.NewGuid():N}.yaml", $$"""
        model: {path: {{model ?? Model}}}
        data: {pairs: 16}
        rollout: {group_size: 4, max_new_tokens: 3}
        reward: {generate: [{name: shapes, mode: dense}]}
        learner: {pairs_per_step: 2, max_steps: {{steps}}, lr: 1e-3, lr_schedule: constant, warmup_steps: 0}
        checkpoint: {every: 1}
        eval: {prompts_per_tag: 1, samples_per_prompt: 2, questions: 4}
        log: {samples_every: 0, tensorboard: false}

        """);

    /// <summary>Starts a silo and returns at once.</summary>
    public SiloProcess Begin(string name, string roles, params string[] more) => _silos[name] = SiloProcess.Start(
        Program, name, Path.Combine(Folder.Path, $"{name}-{_silos.Count}.log"), _environment,
        ["silo", "--roles", roles, "--name", name, "--redis", Redis.Endpoint, "--out", Runs, "--tuned", .. more]);

    /// <summary>Starts a silo and waits until it is a member.</summary>
    public async Task<SiloProcess> Silo(string name, string roles, params string[] more)
    {
        var silo = Begin(name, roles, more);
        await Until(() => Task.FromResult(silo.HasJoined || silo.Ended.IsCompleted));
        silo.HasJoined.ShouldBeTrue(File.ReadAllText(silo.Log));
        return silo;
    }

    /// <summary>Sends a silo a signal and waits for its end.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> End(SiloProcess silo, ProcessSignal signal)
    {
        silo.Send(signal);
        await silo.Ended.WaitAsync(Limit);
        return silo.ExitCode;
    }

    /// <summary>Runs a command of this cluster as a process.</summary>
    public Task<(int Code, string Out, string Error)> Run(params string[] words) =>
        PairUniProgram.Run(Limit, _environment, CancellationToken.None, [.. words, "--redis", Redis.Endpoint]);

    /// <summary>Runs a command line as it was printed.</summary>
    public Task<(int Code, string Out, string Error)> RunLine(string line) =>
        PairUniProgram.Run(Limit, _environment, CancellationToken.None, line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>A command that must go well.</summary>
    public async Task<string> Done(params string[] words)
    {
        var (code, output, error) = await Run(words);
        code.ShouldBe(0, $"{string.Join(' ', words)}: {error}");
        return output;
    }

    /// <summary>A command that must end with one sentence on the error stream and exit code 2.</summary>
    public async Task<string> Refused(params string[] words)
    {
        var (code, output, error) = await Run(words);
        code.ShouldBe(2, error + output);
        error.Count(c => c == '\n').ShouldBe(1, error);
        return error;
    }

    public static async Task Until(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!await condition()) await Task.Delay(50, limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos.Values)
        {
            await End(silo, ProcessSignal.Kill);
            silo.Dispose();
        }

        await Redis.DisposeAsync();
        Folder.Dispose();
    }
}
