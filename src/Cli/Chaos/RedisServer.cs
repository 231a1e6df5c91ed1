using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PairUni.Cli.Chaos;

/// <summary>
/// A private redis-server on a free loopback port with its data in a folder of its own (appendonly, so that what it acknowledged
/// survives its process). Every wait is bounded by ten seconds.
/// </summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private const int PortsTried = 5;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private readonly string? _password;
    private readonly bool _ownsFolder;
    private Process? _process;

    private RedisServer(string? password, string? folder)
    {
        _password = password;
        _ownsFolder = folder is null;
        Folder = folder is null ? Directory.CreateTempSubdirectory("pairuni-redis-").FullName : Directory.CreateDirectory(folder).FullName;
    }

    /// <summary>Where its data and redis.log are.</summary>
    public string Folder { get; }

    /// <summary>The port on 127.0.0.1; the same for the whole life, restarts included.</summary>
    public int Port { get; private set; }

    /// <summary>host:port.</summary>
    public string Endpoint => $"127.0.0.1:{Port}";

    /// <summary>The endpoint with the password, as StackExchange.Redis reads it.</summary>
    public string ConnectionString => _password is null ? Endpoint : $"{Endpoint},password={_password}";

    /// <summary>Starts one and waits until it answers.</summary>
    /// <param name="password">What clients must give; none if null.</param>
    /// <param name="folder">Where to keep the data; null for a temporary folder that is deleted at the end.</param>
    /// <exception cref="FileNotFoundException">redis-server is not installed.</exception>
    /// <exception cref="TimeoutException">It did not answer in time.</exception>
    public static async Task<RedisServer> Start(string? password = null, string? folder = null)
    {
        var server = new RedisServer(password, folder);
        try
        {
            // Between the choice of a port and its use another process may take it.
            for (var left = PortsTried; ; left--)
            {
                server.Port = FreePort.Next();
                try
                {
                    await server.Begin();
                    return server;
                }
                catch (IOException) when (left > 1 && server._process is { HasExited: true })
                {
                }
            }
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>SIGTERM; it writes what it has and leaves.</summary>
    public Task Stop() => End(ProcessSignal.Terminate);

    /// <summary>SIGKILL.</summary>
    public Task Kill() => End(ProcessSignal.Kill);

    /// <summary>Starts it again on the same port with the data that it had; ends it first if it runs.</summary>
    public async Task Restart()
    {
        await Stop();
        await Begin();
    }

    /// <summary>SIGSTOP: connections stay open and nothing is answered.</summary>
    public void Pause() => Signal(ProcessSignal.Stop);

    /// <summary>SIGCONT.</summary>
    public void Continue() => Signal(ProcessSignal.Continue);

    public async ValueTask DisposeAsync()
    {
        await Kill();
        if (_ownsFolder) Directory.Delete(Folder, recursive: true);
    }

    private async Task Begin()
    {
        var config = Path.Combine(Folder, "redis.conf");
        await File.WriteAllTextAsync(config, string.Create(CultureInfo.InvariantCulture, $"""
            bind 127.0.0.1
            port {Port}
            dir "{Folder}"
            logfile "{Path.Combine(Folder, "redis.log")}"
            appendonly yes
            save ""
            {(_password is null ? "" : $"requirepass \"{_password}\"")}

            """));
        try
        {
            _process = Process.Start(new ProcessStartInfo("redis-server", [config]) { UseShellExecute = false })!;
        }
        catch (Win32Exception fault)
        {
            throw new FileNotFoundException("redis-server cannot be started; install it (Debian: apt-get install redis-server)", fault);
        }

        await Answers(_process);
    }

    private async Task Answers(Process process)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await Ping())
        {
            if (process.HasExited) throw new IOException($"redis-server ended at once; {Path.Combine(Folder, "redis.log")} says why");
            if (Stopwatch.GetElapsedTime(started) > Limit) throw new TimeoutException($"redis-server at {Endpoint} did not answer within {Limit.TotalSeconds} s");
            await Task.Delay(20);
        }
    }

    // While it still loads its data it answers -LOADING; without the password -NOAUTH.
    private async Task<bool> Ping()
    {
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, Port, limit.Token);
            await client.GetStream().WriteAsync("PING\r\n"u8.ToArray(), limit.Token);
            var answer = new byte[64];
            var length = await client.GetStream().ReadAsync(answer, limit.Token);
            var text = Encoding.ASCII.GetString(answer, 0, length);
            return text.StartsWith("+PONG", StringComparison.Ordinal) || text.StartsWith("-NOAUTH", StringComparison.Ordinal);
        }
        catch (Exception fault) when (fault is SocketException or IOException)
        {
            return false;
        }
    }

    private void Signal(ProcessSignal signal)
    {
        if (_process is { HasExited: false } process) ProcessSignals.Send(process.Id, signal);
    }

    private async Task End(ProcessSignal signal)
    {
        if (_process is not { } process) return;
        Signal(signal);
        // A server that stands still would never see SIGTERM.
        if (signal != ProcessSignal.Kill) Signal(ProcessSignal.Continue);
        await process.WaitForExitAsync().WaitAsync(Limit);
        process.Dispose();
        _process = null;
    }
}
