using System.Diagnostics;
using System.Globalization;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace PairUni.Compat.Orleans;

/// <summary>A silo in a process of its own; it stops when its standard input ends.</summary>
internal sealed class ChildSilo : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly Process _process;

    private ChildSilo(Process process, SiloAddress address)
    {
        _process = process;
        Address = address;
    }

    public SiloAddress Address { get; }

    public int Id => _process.Id;

    public int? ExitCode => _process.HasExited ? _process.ExitCode : null;

    /// <summary>Starts one and waits until it is active.</summary>
    /// <param name="probe">Seconds between probes; 0 for the defaults.</param>
    public static async Task<ChildSilo> Start(string redis, string name, double probe = 0, (int Silo, int Gateway)? ports = null)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        var (silo, gateway) = ports ?? RemoteSilo.FreePorts();
        foreach (var argument in new[] { "silo", redis, name, probe.ToString(CultureInfo.InvariantCulture), $"{silo}", $"{gateway}" })
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Limit);
        while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.StartsWith("ready ", StringComparison.Ordinal))
            {
                _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return new ChildSilo(process, SiloAddress.FromParsableString(line[6..]));
            }
        }

        throw new InvalidOperationException($"The silo {name} ended before it was ready.");
    }

    /// <summary>SIGKILL.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await Exit();
    }

    public Task Exit() => _process.WaitForExitAsync().WaitAsync(Limit);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.StandardInput.Close();
            try
            {
                await Exit();
            }
            catch (TimeoutException)
            {
                await Kill();
            }
        }

        _process.Dispose();
    }

    /// <summary>The child's side.</summary>
    public static async Task<int> Run(string[] args)
    {
        var probe = double.Parse(args[2], CultureInfo.InvariantCulture);
        await using var silo = await RemoteSilo.Start(args[0], args[1], one =>
        {
            if (probe > 0)
            {
                one.Configure<ClusterMembershipOptions>(options => options.ProbeTimeout = TimeSpan.FromSeconds(probe));
            }
        }, ports: (int.Parse(args[3], CultureInfo.InvariantCulture), int.Parse(args[4], CultureInfo.InvariantCulture)));
        Console.WriteLine($"ready {silo.Address.ToParsableString()}");
        await using var input = Console.OpenStandardInput();
        await input.CopyToAsync(Stream.Null);

        return 0;
    }
}
