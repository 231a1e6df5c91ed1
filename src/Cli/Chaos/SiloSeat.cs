using System.Globalization;
using PairUni.Client;

namespace PairUni.Cli.Chaos;

/// <summary>
/// A place in the fleet: the silo that stands there, the proxies before its port and before its Redis, and what happens when it ends.
/// A silo that ends by itself is followed by another, as a container would be.
/// </summary>
internal sealed class SiloSeat(int slot, IReadOnlyList<string> roles, ChaosPlace place, RedisServer redis, FleetSettings settings, ChaosLog log) : IAsyncDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private readonly List<SiloProcess> _all = [];
    private readonly List<TcpProxy> _proxies = [];
    private Task _watching = Task.CompletedTask;
    private int _incarnations;

    /// <summary>Its place in the fleet.</summary>
    public int Slot => slot;

    /// <summary>When the silo that stands here wrote something last.</summary>
    public DateTime LastLine => Silo is { } silo && File.Exists(silo.Log) ? File.GetLastWriteTimeUtc(silo.Log) : DateTime.MinValue;

    /// <summary>The silo that stands here now; nothing while the place is empty.</summary>
    public SiloProcess? Silo { get; private set; }

    /// <summary>What stands between the silo and Redis.</summary>
    public TcpProxy? RedisProxy { get; private set; }

    /// <summary>What stands between other silos and this one.</summary>
    public TcpProxy? SiloProxy { get; private set; }

    /// <summary>When something was last done to it, by the clock of the fleet.</summary>
    public DateTimeOffset Harmed { get; set; } = DateTimeOffset.MinValue;

    /// <summary>Whether a silo here may end by itself just now, because something that it needs to start was taken away.</summary>
    public Func<SiloSeat, bool> MayEnd { get; init; } = _ => false;

    /// <summary>Starts a silo, under a new name or the one that stood here last.</summary>
    public void Start(bool sameName = false)
    {
        if (!sameName || _incarnations == 0) _incarnations++;
        var name = string.Create(CultureInfo.InvariantCulture, $"s{slot}-{_incarnations}");
        RedisProxy = Proxy(TcpProxy.Start(redis.Port));
        var listen = FreePort.Next();
        SiloProxy = Proxy(TcpProxy.Start(listen));
        var environment = new Dictionary<string, string>
        {
            [ClusterToken.Variable] = settings.Token,
            [ClusterVariables.GraceSeconds] = settings.Grace.TotalSeconds.ToString(CultureInfo.InvariantCulture),
            ["PAIRUNI_FULL_DISK"] = place.FullDisk,
            ["LD_PRELOAD"] = System.IO.Path.Combine(AppContext.BaseDirectory, "libpairuni_full_disk.so"),
        };
        string[] words =
        [
            "silo", "--roles", string.Join(',', roles), "--redis", RedisProxy.Endpoint, "--name", name,
            "--silo-port", $"{SiloProxy.Port}", "--silo-listen-port", $"{listen}", "--devices", $"{settings.Devices}",
            "--out", place.Runs, .. settings.Tuned ? ["--tuned"] : Array.Empty<string>(),
        ];
        Silo = SiloProcess.Start(name, Path.Combine(place.Logs, $"{name}.log"), environment, words);
        _all.Add(Silo);
        log.Say($"{name} starts ({string.Join('+', roles)}, process {Silo.Id})");
        _watching = Watch(Silo);
    }

    /// <summary>SIGKILL; the place is empty.</summary>
    public async Task Kill()
    {
        if (Silo is not { } silo) return;
        silo.IsExpectedToEnd = true;
        silo.Send(ProcessSignal.Kill);
        Silo = null;
        await silo.Ended;
    }

    /// <summary>SIGTERM; waits until it is gone.</summary>
    /// <exception cref="TimeoutException">It did not leave in time; it was killed.</exception>
    public async Task Terminate()
    {
        if (Silo is not { } silo) return;
        silo.IsExpectedToEnd = true;
        silo.Send(ProcessSignal.Terminate);
        Silo = null;
        try
        {
            await silo.Ended.WaitAsync(settings.Grace + settings.Leaving);
            if (silo.ExitCode != ExitCode.Done) Judge(silo, $"{silo.Name} was asked to leave and ended with exit code {silo.ExitCode}: {silo.LastWords}");
        }
        catch (TimeoutException)
        {
            log.Find($"{silo.Name} was asked to leave and had not left {(settings.Grace + settings.Leaving).TotalSeconds:0} s later");
            silo.Send(ProcessSignal.Kill);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        foreach (var silo in _all)
        {
            silo.IsExpectedToEnd = true;
            silo.Send(ProcessSignal.Kill);
            await silo.Ended;
            silo.Dispose();
        }

        await _watching;
        foreach (var proxy in _proxies) await proxy.DisposeAsync();
        _ended.Dispose();
    }

    private async Task Watch(SiloProcess silo)
    {
        await silo.Ended;
        if (silo.IsExpectedToEnd || _ended.IsCancellationRequested) return;
        Judge(silo, $"{silo.Name} ended by itself (exit code {silo.ExitCode}): {silo.LastWords}");
        if (Silo == silo) Start();
    }

    // A silo that the others could not reach must end, and one that lacks what it needs to start cannot but end.
    private void Judge(SiloProcess silo, string what)
    {
        if (silo.WasDeclaredDead || MayEnd(this)) log.Say(what);
        else log.Find(what);
    }

    private TcpProxy Proxy(TcpProxy proxy)
    {
        _proxies.Add(proxy);
        return proxy;
    }
}
