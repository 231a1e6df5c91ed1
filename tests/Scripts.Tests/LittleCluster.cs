using System.Diagnostics;
using PairUni.Architecture.Tests;
using PairUni.Cli.Chaos;
using PairUni.Cli.Tests;
using PairUni.Client;

namespace PairUni.Scripts.Tests;

/// <summary>A Redis, one silo with all roles as a process, a token, and a model of a few thousand weights: shared by all tests here.</summary>
public sealed class LittleCluster : IAsyncLifetime
{
    private const string Token = "0123456789abcdef0123456789abcdef";
    private static readonly TimeSpan JoinLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan ScriptLimit = TimeSpan.FromMinutes(6);
    private readonly TemporaryFolder _folder = new();
    private RedisServer? _redis;
    private SiloProcess? _silo;

    public string Folder => _folder.Path;

    public string Model => Path.Combine(_folder.Path, "model");

    public ClusterAddress Address => new() { Redis = _redis!.Endpoint, Token = new(Token, "test") };

    private Dictionary<string, string> Environment => new() { ["PAIRUNI_REDIS"] = _redis!.Endpoint, ["PAIRUNI_CLUSTER_TOKEN"] = Token, ["OMP_WAIT_POLICY"] = "PASSIVE" };

    /// <summary>A file of settings for the scripts: seconds of work for the little model.</summary>
    public string Options(int steps, int pairsPerStep = 2) => _folder.File($"options-{Guid.NewGuid():N}.json", $$"""
        {
          "model": {"path": "{{Model}}"},
          "data": {"pairs": 16},
          "rollout": {"group_size": 4, "max_new_tokens": 3},
          "reward": {"generate": [{"name": "shapes", "mode": "dense"}]},
          "learner": {"pairs_per_step": {{pairsPerStep}}, "max_steps": {{steps}}, "lr": 1e-3, "lr_schedule": "constant", "warmup_steps": 0},
          "checkpoint": {"every": 0}
        }
        """);

    public async ValueTask InitializeAsync()
    {
        TinyModel.Write(Model);
        _redis = await RedisServer.Start();
        _silo = SiloProcess.Start("one", Path.Combine(_folder.Path, "one.log"), Environment,
            "silo", "--roles", "rollout,reward,learner", "--name", "one", "--out", Path.Combine(_folder.Path, "runs"));
        var clock = Stopwatch.StartNew();
        while (!_silo.HasJoined)
        {
            _silo.Ended.IsCompleted.ShouldBeFalse("the silo ended: " + (File.Exists(_silo.Log) ? _silo.LastWords : ""));
            clock.Elapsed.ShouldBeLessThan(JoinLimit);
            await Task.Delay(50);
        }
    }

    /// <summary>Runs a script to its end as `dotnet run` does for everybody.</summary>
    public async Task<(int Code, string Text)> Run(string script, params string[] arguments)
    {
        // Into a file: build servers that stay behind would hold a pipe open.
        var output = Path.Combine(_folder.Path, $"{script}-{Guid.NewGuid():N}.out");
        string[] words = ["dotnet", "run", "-c", "Release", Repository.Path("scripts", script), "--", .. arguments];
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >\"$0\" 2>&1", output, .. words]) { WorkingDirectory = _folder.Path };
        foreach (var (name, value) in Environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        try
        {
            await process.WaitForExitAsync().WaitAsync(ScriptLimit);
            _silo!.Ended.IsCompleted.ShouldBeFalse($"the silo ended during {script}: {File.ReadAllText(_silo.Log)}");
            return (process.ExitCode, await File.ReadAllTextAsync(output));
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_silo is { Ended.IsCompleted: false })
        {
            _silo.Send(ProcessSignal.Kill);
            await _silo.Ended;
        }

        _silo?.Dispose();
        if (_redis is not null) await _redis.DisposeAsync();
        _folder.Dispose();
    }
}
