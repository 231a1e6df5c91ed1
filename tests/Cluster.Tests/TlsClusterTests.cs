using PairUni.Cli.Chaos;
using PairUni.Cli.Tests;
using PairUni.Client;
using PairUni.Client.Tests;

namespace PairUni.Cluster.Tests;

/// <summary>A cluster of two processes under mutual TLS: learner and rewards in one, the worker in the other.</summary>
public sealed class TlsClusterTests : IAsyncLifetime
{
    private const string Token = "0123456789abcdef0123456789abcdef";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private readonly TemporaryFolder _folder = new();
    private readonly MadeUpAuthority _authority = new("the cluster");
    private readonly MadeUpAuthority _other = new("another");
    private readonly List<SiloProcess> _silos = [];
    private RedisServer _redis = null!;

    public async ValueTask InitializeAsync() => _redis = await RedisServer.Start();

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos)
        {
            silo.Send(ProcessSignal.Kill);
            await silo.Ended;
            silo.Dispose();
        }

        await _redis.DisposeAsync();
        _authority.Dispose();
        _other.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task ARun_IsTrained_AndNobodyElseComesIn()
    {
        var model = Path.Combine(_folder.Path, "model");
        TinyModel.Write(model);
        await Silo("one", "reward,learner");
        await Silo("two", "rollout");
        var client = With(_authority.Files(_folder.Path, "client"));
        var settings = _folder.File("run.yaml", $$"""
            run: {name: encrypted}
            model: {path: "{{model}}"}
            data: {pairs: 16}
            rollout: {group_size: 4, max_new_tokens: 3}
            reward: {generate: [{name: shapes, mode: dense}]}
            learner: {pairs_per_step: 2, max_steps: 2, lr: 1e-3, lr_schedule: constant, warmup_steps: 0}
            checkpoint: {every: 0}
            """);
        (await Run(client, "submit", settings)).ShouldBe((0, ""));
        (await Run(client, "watch", "encrypted")).ShouldBe((0, ""));

        // What has not the cluster's certificates is told so, whatever else it knows.
        const string Named = "PAIRUNI_TLS_CERT, PAIRUNI_TLS_KEY and PAIRUNI_TLS_CA";
        (await Run(With(TlsFiles.None), "status")).ShouldBe((2, $"pairuni: The cluster 'pairuni' uses TLS; name certificate, key and CA in {Named}\n"));
        var stranger = With(_other.Files(_folder.Path, "stranger"));
        const string Sentence = "pairuni: The CA in PAIRUNI_TLS_CA is not that of the cluster 'pairuni'; give the file that its silos have\n";
        (await Run(stranger, "status")).ShouldBe((2, Sentence));
        (await Run(stranger, "silo", "--roles", "rollout", "--name", "three")).ShouldBe((2, Sentence));

        // Even if it trusts the cluster and calls its CA by name, its own certificate is refused at the door.
        var files = _other.Files(_folder.Path, "burglar");
        File.AppendAllText(files.Authority!, "\n" + _authority.Pem);
        var (code, error) = await Run(With(files), "status");
        code.ShouldBe(2);
        error.ShouldStartWith("pairuni: No silo of the cluster 'pairuni' lets this process in: ");
        File.ReadAllText(_silos[0].Log).ShouldContain("is refused: the other side's TLS certificate (CN=burglar) does not come from the cluster's CA (");

        (code, error) = await Run(With(_authority.Files(_folder.Path, "old", from: -9, until: -2)), "status");
        code.ShouldBe(2);
        error.ShouldMatch("^pairuni: The TLS certificate in .*/old.pem \\(CN=old\\) expired at .*; give --tls-cert \\(or PAIRUNI_TLS_CERT\\) a valid one of the CA in .*/old-ca.pem\n$");
    }

    [Fact]
    public async Task AClusterWithoutTls_SaysSo()
    {
        await Silo("one", "learner", TlsFiles.None);
        (await Run(With(_authority.Files(_folder.Path, "client")), "status")).ShouldBe((2,
            "pairuni: The cluster 'pairuni' does not use TLS; leave out PAIRUNI_TLS_CERT, PAIRUNI_TLS_KEY and PAIRUNI_TLS_CA, or start all of its silos with them\n"));
    }

    private async Task Silo(string name, string roles, TlsFiles? tls = null)
    {
        var silo = SiloProcess.Start(name, Path.Combine(_folder.Path, $"{name}.log"), With(tls ?? _authority.Files(_folder.Path, name)),
            "silo", "--roles", roles, "--name", name, "--out", Path.Combine(_folder.Path, "runs"));
        _silos.Add(silo);
        using var limit = new CancellationTokenSource(Limit);
        while (!silo.HasJoined)
        {
            silo.Ended.IsCompleted.ShouldBeFalse("the silo ended: " + (File.Exists(silo.Log) ? silo.LastWords : ""));
            await Task.Delay(50, limit.Token);
        }
    }

    private Dictionary<string, string> With(TlsFiles tls)
    {
        var environment = new Dictionary<string, string> { ["PAIRUNI_REDIS"] = _redis.Endpoint, ["PAIRUNI_CLUSTER_TOKEN"] = Token, ["OMP_WAIT_POLICY"] = "PASSIVE" };
        if (tls.IsNone) return environment;
        (environment["PAIRUNI_TLS_CERT"], environment["PAIRUNI_TLS_KEY"], environment["PAIRUNI_TLS_CA"]) = (tls.Certificate!, tls.Key!, tls.Authority!);
        return environment;
    }

    private static async Task<(int Code, string Error)> Run(Dictionary<string, string> environment, params string[] arguments)
    {
        var (code, _, error) = await PairUniProgram.Run(Limit, environment, CancellationToken.None, arguments);
        return (code, error);
    }
}
