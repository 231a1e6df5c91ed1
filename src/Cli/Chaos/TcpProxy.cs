using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace PairUni.Cli.Chaos;

/// <summary>
/// Passes connections from one loopback port to another, and breaks them on demand: cut connections are reset and new ones too, stalled
/// ones stay open and carry nothing, as behind a network that drops every packet.
/// </summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private const int BufferBytes = 64 * 1024;
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly ConcurrentDictionary<TcpProxyLink, byte> _links = [];
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _accepting;
    private volatile TaskCompletionSource _gate = Opened();
    private volatile bool _cut;

    private TcpProxy(int port, int target)
    {
        Target = target;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        _listener.Listen();
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _accepting = Accept();
    }

    /// <summary>The port on 127.0.0.1 that it listens on.</summary>
    public int Port { get; }

    /// <summary>The port on 127.0.0.1 that it passes connections to; may change, open connections stay where they are.</summary>
    public int Target { get; set; }

    /// <summary>host:port to connect to.</summary>
    public string Endpoint => $"127.0.0.1:{Port}";

    /// <summary>Connections that are open now.</summary>
    public int Connections => _links.Count;

    /// <summary>Starts one.</summary>
    /// <param name="target">The port behind it.</param>
    /// <param name="port">The port in front; 0 for any free one.</param>
    public static TcpProxy Start(int target, int port = 0) => new(port, target);

    /// <summary>Resets every connection, and each new one, until <see cref="Heal"/>.</summary>
    public void Cut()
    {
        _cut = true;
        foreach (var link in _links.Keys) link.Reset();
    }

    /// <summary>Lets nothing pass until <see cref="Heal"/>; connections stay open.</summary>
    public void Stall()
    {
        if (_gate.Task.IsCompleted) _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Passes everything again; what was stalled arrives late but whole.</summary>
    public void Heal()
    {
        _cut = false;
        _gate.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _listener.Dispose();
        Cut();
        _gate.TrySetResult();
        await _accepting;
        await Task.WhenAll(_links.Keys.Select(l => l.Ended));
        _ended.Dispose();
    }

    private static TaskCompletionSource Opened()
    {
        var gate = new TaskCompletionSource();
        gate.SetResult();
        return gate;
    }

    private async Task Accept()
    {
        while (!_ended.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptAsync(_ended.Token);
                _ = Serve(client);
            }
            catch (Exception fault) when (fault is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // The end, or a peer that was gone before it was accepted.
            }
        }
    }

    private async Task Serve(Socket client)
    {
        var link = new TcpProxyLink(client);
        _links.TryAdd(link, 0);
        try
        {
            if (_cut) link.Reset();
            else await link.Run(Target, BufferBytes, () => _gate.Task, _ended.Token);
        }
        finally
        {
            _links.TryRemove(link, out _);
            link.Dispose();
        }
    }
}
