using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Networking;
using Orleans.Runtime;
using PairUni.Cli.Chaos;

namespace PairUni.Compat.Orleans;

/// <summary>Connections that say what they should not, and what stands between connections and strangers.</summary>
public sealed class RemoteSafetyTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private readonly RecordedLog _log = new();
    private readonly (int Silo, int Gateway) _ports = RemoteSilo.FreePorts();
    private RedisServer _redis = null!;
    private RemoteSilo _silo = null!;

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServer.Start();
        _silo = await Silo("one", _ports);
    }

    public async ValueTask DisposeAsync()
    {
        await _silo.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task AStranger_IsTurnedAway_WithAReasonInTheLog()
    {
        using var stranger = await Connect(_ports.Gateway);
        await stranger.SendAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray());
        await Closed(stranger);
        await _log.Contains("The other side does not speak this protocol.");
    }

    [Fact]
    public async Task AnotherVersionOfTheProtocol_IsTurnedAway_AndToldSo()
    {
        using var old = await Connect(_ports.Gateway);
        var frame = Hello("tests");

        // Kind, four bytes of the magic number and one more of it, then the version.
        frame[FrameBuffer.Prefix + 6] = 99;
        await old.SendAsync(frame);
        (await Text(old)).ShouldContain(
            $"The other side speaks version 99 of the protocol and this one version {Introduction.Version}; run the same release everywhere.");
    }

    [Fact]
    public async Task AnotherCluster_IsTurnedAway_AndToldSo()
    {
        using var other = await Connect(_ports.Gateway);
        await other.SendAsync(Hello("other"));
        (await Text(other)).ShouldContain("It belongs to cluster other of service other, but this is cluster tests of service tests.");
    }

    [Fact]
    public async Task OneThatSaysNothing_IsClosed()
    {
        using var silent = await Connect(_ports.Gateway);
        await Closed(silent);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, 0)]
    [InlineData(int.MaxValue, 0)]
    [InlineData(1, -1)]
    [InlineData(1, int.MaxValue)]
    public async Task ALengthBeyondTheLimits_ClosesTheConnection_AndHarmsNobody(int header, int body)
    {
        await using var client = await RemoteClient.Start(_redis.ConnectionString);
        using var liar = await Connect(_ports.Gateway);
        await liar.SendAsync(Hello("tests"));
        await Frame(liar);
        var lengths = new byte[FrameBuffer.Prefix];
        BinaryPrimitives.WriteInt32LittleEndian(lengths, header);
        BinaryPrimitives.WriteInt32LittleEndian(lengths.AsSpan(4), body);
        await liar.SendAsync(lengths);
        await Closed(liar);
        await _log.Contains("is closed, because it sent what no silo sends: A frame's");
        (await client.Grains.GetGrain<IPostGrain>("a").Add(1)).ShouldBe(1);
    }

    /// <summary>Frames of every kind with random headers and bodies, and good ones with random changes.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task RandomFrames_HarmNobody(int seed)
    {
        var random = new Random(seed);
        await using var client = await RemoteClient.Start(_redis.ConnectionString);
        var grain = client.Grains.GetGrain<IPostGrain>("a");
        for (var round = 1; round <= 60; round++)
        {
            using var liar = await Connect(_ports.Gateway);
            await liar.SendAsync(Hello("tests"));
            await Frame(liar);
            try
            {
                for (var i = 0; i < 20; i++)
                {
                    await liar.SendAsync(random.Next(2) == 0 ? Noise(random) : Changed(random));
                }
            }
            catch (SocketException)
            {
                // It was closed, as it should be.
            }

            (await grain.Add(1)).ShouldBe(round);
        }

        _silo.Probe.Any("dropped").ShouldBeFalse();
    }

    [Fact]
    public async Task NothingListens_BeyondTheConfiguredAddress()
    {
        foreach (var port in new[] { _ports.Silo, _ports.Gateway })
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await Should.ThrowAsync<SocketException>(() => socket.ConnectAsync(IPAddress.Parse("127.0.0.2"), port));
        }
    }

    [Fact]
    public async Task Middleware_StandsBeforeEveryConnection()
    {
        await using var own = await RedisServer.Start();
        await using var one = await RemoteSilo.Start(own.ConnectionString, "one", Guarded, [typeof(PostGrain)]);
        await using var two = await RemoteSilo.Start(own.ConnectionString, "two", Guarded, [typeof(StampGrain)]);
        await using var client = await RemoteClient.Start(own.ConnectionString, builder =>
            builder.Configure<ClientConnectionOptions>(options => options.ConfigureConnection(Word.Say)));
        (await two.Grains.GetGrain<IPostGrain>("a").Add(1)).ShouldBe(1);
        (await client.Grains.GetGrain<IPostGrain>("a").Add(1)).ShouldBe(2);
        await Should.ThrowAsync<SiloUnavailableException>(() => RemoteClient.Start(
            own.ConnectionString, builder => builder.Configure<ConnectionOptions>(options => options.OpenConnectionTimeout = TimeSpan.FromSeconds(1))));
    }

    [Fact]
    public async Task APartition_Heals()
    {
        var (real, gateway) = RemoteSilo.FreePorts();
        await using var proxy = TcpProxy.Start(real);
        await using var two = await RemoteSilo.Start(_redis.ConnectionString, "two", silo =>
        {
            Common(silo);
            silo.Configure<EndpointOptions>(options => options.SiloListeningEndpoint = new IPEndPoint(IPAddress.Loopback, real));
        }, [typeof(StampGrain)], ports: (proxy.Port, gateway));
        await TaskWaits.Until(() => _silo.Sees(two.Address));
        var stamp = _silo.Grains.GetGrain<IStampGrain>(1);
        (await stamp.Where()).ShouldBe(two.Address);
        for (var round = 0; round < 3; round++)
        {
            proxy.Cut();
            await Should.ThrowAsync<SiloUnavailableException>(() => stamp.Where());
            proxy.Heal();
            await TaskWaits.Until(async () =>
            {
                try
                {
                    return (await stamp.Where()).Equals(two.Address);
                }
                catch (SiloUnavailableException)
                {
                    return false;
                }
            });
        }
    }

    [Fact]
    public async Task AClockThatIsWrong_KeepsASiloOut()
    {
        var exception = await Should.ThrowAsync<OrleansConfigurationException>(() => RemoteSilo.Start(
            _redis.ConnectionString, "late", silo => silo.Services.AddSingleton<TimeProvider>(new LateTime())));
        exception.Message.ShouldStartWith("This machine's clock is ");
        exception.Message.ShouldEndWith(" s behind the one of Redis; set both by the same time server (at most 30 s apart).");
    }

    private static void Guarded(ISiloBuilder silo) => silo.Configure<SiloConnectionOptions>(options =>
    {
        options.ConfigureSiloOutboundConnection(Word.Say);
        options.ConfigureSiloInboundConnection(Word.Ask);
        options.ConfigureGatewayInboundConnection(Word.Ask);
    });

    private void Common(ISiloBuilder silo)
    {
        silo.Configure<ConnectionOptions>(options =>
        {
            options.OpenConnectionTimeout = TimeSpan.FromSeconds(2);
            options.ConnectionRetryDelay = TimeSpan.FromMilliseconds(100);
        });
        silo.ConfigureLogging(logging => logging.AddProvider(_log));
    }

    private Task<RemoteSilo> Silo(string name, (int Silo, int Gateway) ports) =>
        RemoteSilo.Start(_redis.ConnectionString, name, Common, [typeof(PostGrain)], ports: ports);

    private static byte[] Hello(string cluster)
    {
        var frame = new FrameBuffer();
        new Introduction(cluster, cluster, SiloAddress.New(IPAddress.Loopback, 1, -7), "liar").Write(frame, FrameKind.Hello);
        return frame.Written.ToArray();
    }

    private static byte[] Noise(Random random)
    {
        var frame = new FrameBuffer();
        frame.Begin((FrameKind)random.Next(0, 14));
        var bytes = new byte[random.Next(60)];
        random.NextBytes(bytes);
        frame.Append(bytes);
        frame.BeginBody();
        random.NextBytes(bytes);
        frame.Append(bytes);
        frame.End();
        return frame.Written.ToArray();
    }

    // A call that does no harm, with a few bytes changed; the lengths mostly kept.
    private static byte[] Changed(Random random)
    {
        var frame = new FrameBuffer();
        frame.Begin(FrameKind.Request);
        frame.Write((byte)random.Next(16));
        frame.WriteVar((ulong)random.Next(1, 1000));
        frame.Write(CallMethods.KeyOf(typeof(IPostGrain).GetMethod(nameof(IPostGrain.Where))!, CallMethods.Plain));
        frame.WriteVar(1000);
        frame.Write(GrainId.Create("post", $"fuzz{random.Next(5)}"));
        frame.BeginBody();
        frame.Append([0xc0]);
        frame.End();
        var bytes = frame.Written.ToArray();
        for (var i = random.Next(4); i > 0; i--)
        {
            bytes[random.Next(random.Next(8) == 0 ? 0 : FrameBuffer.Prefix, bytes.Length)] = (byte)random.Next(256);
        }

        return bytes;
    }

    private static async Task<Socket> Connect(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return socket;
    }

    private static async Task Frame(Socket socket)
    {
        using var limit = new CancellationTokenSource(Limit);
        var prefix = new byte[FrameBuffer.Prefix];
        await using var stream = new NetworkStream(socket);
        await stream.ReadExactlyAsync(prefix, limit.Token);
        await stream.ReadExactlyAsync(new byte[BinaryPrimitives.ReadInt32LittleEndian(prefix)], limit.Token);
    }

    private static async Task<string> Text(Socket socket)
    {
        using var limit = new CancellationTokenSource(Limit);
        var all = new MemoryStream();
        await using var stream = new NetworkStream(socket);
        try
        {
            await stream.CopyToAsync(all, limit.Token);
        }
        catch (IOException)
        {
            // Closed the hard way.
        }

        return System.Text.Encoding.UTF8.GetString(all.ToArray());
    }

    private static async Task Closed(Socket socket)
    {
        using var limit = new CancellationTokenSource(Limit);
        var buffer = new byte[4096];
        try
        {
            while (await socket.ReceiveAsync(buffer, limit.Token) > 0)
            {
                // What it still says does not matter.
            }
        }
        catch (SocketException)
        {
            // Closed the hard way.
        }
    }

    /// <summary>A word that both sides must know.</summary>
    private static class Word
    {
        private static readonly byte[] Secret = "open sesame"u8.ToArray();

        public static void Say(IConnectionBuilder builder) => builder.Use(next => async context =>
        {
            await context.Transport.Output.WriteAsync(Secret);
            await next(context);
        });

        public static void Ask(IConnectionBuilder builder) => builder.Use(next => async context =>
        {
            var read = await context.Transport.Input.ReadAtLeastAsync(Secret.Length);
            var heard = System.Buffers.BuffersExtensions.ToArray(read.Buffer.Slice(0, Math.Min(read.Buffer.Length, Secret.Length)));
            context.Transport.Input.AdvanceTo(read.Buffer.GetPosition(heard.Length));
            if (heard.AsSpan().SequenceEqual(Secret))
            {
                await next(context);
            }
        });
    }

    private sealed class LateTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() - TimeSpan.FromMinutes(2);
    }

    private sealed class RecordedLog : ILoggerProvider, ILogger
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> _lines = new();

        public Task Contains(string text) => TaskWaits.Until(() => Task.FromResult(_lines.Any(line => line.Contains(text, StringComparison.Ordinal))));

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
