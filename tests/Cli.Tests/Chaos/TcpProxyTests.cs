using System.Net;
using System.Net.Sockets;
using PairUni.Cli.Chaos;

namespace PairUni.Cli.Tests.Chaos;

public sealed class TcpProxyTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly TcpListener _echo = new(IPAddress.Loopback, 0);
    private TcpProxy _proxy = null!;

    public ValueTask InitializeAsync()
    {
        _echo.Start();
        _ = Echo();
        _proxy = TcpProxy.Start(((IPEndPoint)_echo.LocalEndpoint).Port);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task BytesPass_BothWays_InOrder()
    {
        using var client = await Connect();
        var sent = new byte[1_000_000];
        new Random(1).NextBytes(sent);
        var received = new byte[sent.Length];
        var reading = client.GetStream().ReadExactlyAsync(received).AsTask();
        await client.GetStream().WriteAsync(sent);
        await reading.WaitAsync(Limit);
        received.ShouldBe(sent);
    }

    [Fact]
    public async Task Cut_ResetsWhatIsOpen_AndWhatIsNew_UntilItHeals()
    {
        using var client = await Connect();
        await Answered(client, 1);
        _proxy.Cut();
        await ShouldBeReset(client);
        await ANewConnectionShouldBeReset();
        _proxy.Heal();
        using var third = await Connect();
        await Answered(third, 3);
    }

    [Fact]
    public async Task Stalled_NothingPasses_AndThenAllOfIt()
    {
        using var client = await Connect();
        await Answered(client, 1);
        _proxy.Stall();
        await client.GetStream().WriteAsync(new byte[] { 7, 8, 9 });
        var answer = new byte[3];
        var reading = client.GetStream().ReadExactlyAsync(answer).AsTask();
        // What goes around the proxy is answered meanwhile, so that a slow machine cannot be mistaken for a stall.
        using (var direct = new TcpClient())
        {
            await direct.ConnectAsync(IPAddress.Loopback, _proxy.Target);
            for (byte i = 0; i < 50; i++) await Answered(direct, i);
        }

        reading.IsCompleted.ShouldBeFalse();
        _proxy.Heal();
        await reading.WaitAsync(Limit);
        answer.ShouldBe(new byte[] { 7, 8, 9 });
    }

    [Fact]
    public async Task AnOrderlyEnd_IsPassedOn()
    {
        using var client = await Connect();
        await Answered(client, 1);
        var stream = client.GetStream();
        client.Client.Shutdown(SocketShutdown.Send);
        (await stream.ReadAsync(new byte[1]).AsTask().WaitAsync(Limit)).ShouldBe(0);
    }

    [Fact]
    public async Task Target_MayMove_ForNewConnections()
    {
        _proxy.Target = 1;
        await ANewConnectionShouldBeReset();
        _proxy.Target = ((IPEndPoint)_echo.LocalEndpoint).Port;
        using var client = await Connect();
        await Answered(client, 5);
    }

    [Fact]
    public async Task Cut_AgainAndAgain_WhileConnectionsComeAndGo_IsNoError()
    {
        using var over = new CancellationTokenSource();
        var coming = Task.Run(async () =>
        {
            while (!over.IsCancellationRequested)
            {
                try
                {
                    using var client = await Connect();
                    await Answered(client, 1);
                }
                catch (Exception fault) when (fault is SocketException or IOException or InvalidOperationException)
                {
                }
            }
        });
        for (var i = 0; i < 2000; i++)
        {
            _proxy.Cut();
            _proxy.Heal();
            await Task.Yield();
        }

        await over.CancelAsync();
        await coming.WaitAsync(Limit);
        using var last = await Connect();
        await Answered(last, 9);
    }

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        _proxy.Connections.ShouldBe(0);
        _echo.Stop();
    }

    private static async Task Answered(TcpClient client, byte value)
    {
        await client.GetStream().WriteAsync(new[] { value });
        var answer = new byte[1];
        await client.GetStream().ReadExactlyAsync(answer).AsTask().WaitAsync(Limit);
        answer[0].ShouldBe(value);
    }

    private static Task ShouldBeReset(TcpClient client) =>
        Should.ThrowAsync<IOException>(() => client.GetStream().ReadExactlyAsync(new byte[1]).AsTask().WaitAsync(Limit));

    // The reset may come while it connects or afterwards.
    private async Task ANewConnectionShouldBeReset()
    {
        try
        {
            using var client = await Connect();
            await ShouldBeReset(client);
        }
        catch (SocketException)
        {
        }
    }

    private async Task<TcpClient> Connect()
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _proxy.Port);
        return client;
    }

    private async Task Echo()
    {
        while (true)
        {
            Socket peer;
            try
            {
                peer = await _echo.AcceptSocketAsync();
            }
            catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
            {
                return;
            }

            _ = Answer(peer);
        }
    }

    private static async Task Answer(Socket peer)
    {
        using var stream = new NetworkStream(peer, ownsSocket: true);
        try
        {
            await stream.CopyToAsync(stream);
        }
        catch (IOException)
        {
            // Cut.
        }
    }
}
