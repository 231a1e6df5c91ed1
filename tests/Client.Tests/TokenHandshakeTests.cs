using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PairUni.Client.Tests;

public sealed class TokenHandshakeTests
{
    private readonly Lines _log = new();
    private readonly (DefaultConnectionContext Caller, DefaultConnectionContext Answerer) _ends = Connection();

    [Fact]
    public async Task BothSidesOfOneToken_GoOn_WithTheirOwnBytesUntouched()
    {
        var caller = Pipeline(c => Handshake("0123456789abcdef").UseAsCaller(c), c => c.Transport.Output.WriteAsync("hello"u8.ToArray()).AsTask());
        var heard = "";
        var answerer = Pipeline(c => Handshake("0123456789abcdef").UseAsAnswerer(c), async c =>
        {
            var read = await c.Transport.Input.ReadAtLeastAsync(5);
            heard = Encoding.UTF8.GetString(read.Buffer.ToArray());
        });

        await Task.WhenAll(caller(_ends.Caller), answerer(_ends.Answerer));

        heard.ShouldBe("hello");
        _log.Written.ShouldBeEmpty();
    }

    [Fact]
    public async Task AnotherToken_IsRefusedOnBothSides()
    {
        var answerer = Pipeline(c => Handshake("0123456789abcdef").UseAsAnswerer(c), Never)(_ends.Answerer);
        var fault = await Should.ThrowAsync<ConnectionRefusedException>(() => Pipeline(c => Handshake("0123456789abcdeg").UseAsCaller(c), Never)(_ends.Caller));
        fault.Message.ShouldBe("the other side has another cluster token");

        await _ends.Caller.Transport.Output.WriteAsync(new byte[32]);
        await answerer;
        _log.Written.ShouldBe(["A connection from (null) is refused: it has another cluster token"]);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: silo\r\nUser-Agent: x\r\n\r\n", "it does not begin with PairUni's greeting: it has no cluster token, or is something else")]
    [InlineData("PairUni1 and then nothing more", "the other side closed the connection instead of showing the cluster token")]
    [InlineData("", "the other side closed the connection instead of showing the cluster token")]
    public async Task Whatever_ElseComesIn_IsCutOffWithALineInTheLog(string bytes, string why)
    {
        await _ends.Caller.Transport.Output.WriteAsync(Encoding.UTF8.GetBytes(bytes));
        await _ends.Caller.Transport.Output.CompleteAsync();

        await Pipeline(c => Handshake("0123456789abcdef").UseAsAnswerer(c), Never)(_ends.Answerer);

        _log.Written.ShouldBe([$"A connection from (null) is refused: {why}"]);
        var closed = new TaskCompletionSource();
        await using var registration = _ends.Answerer.ConnectionClosed.Register(closed.SetResult);
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task WhoeverSaysNothing_IsCutOffAfterFiveSeconds()
    {
        var time = new Grains.Tests.ManualTime();
        var answerer = Pipeline(c => new TokenHandshake(new("0123456789abcdef", "test"), _log, time).UseAsAnswerer(c), Never)(_ends.Answerer);
        answerer.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromSeconds(5));
        await answerer;
        _log.Written.ShouldBe(["A connection from (null) is refused: the cluster token was not shown within 5 s"]);
    }

    private static Task Never(ConnectionContext context) => throw new InvalidOperationException("the connection went on");

    private static ConnectionDelegate Pipeline(Action<IConnectionBuilder> middleware, Func<ConnectionContext, Task> last)
    {
        var builder = new ConnectionBuilder(new ServiceCollection().BuildServiceProvider());
        middleware(builder);
        builder.Run(c => last(c));
        return builder.Build();
    }

    private static (DefaultConnectionContext Caller, DefaultConnectionContext Answerer) Connection()
    {
        var (forth, back) = (new Pipe(), new Pipe());
        return (End("caller", back.Reader, forth.Writer), End("answerer", forth.Reader, back.Writer));

        static DefaultConnectionContext End(string id, PipeReader input, PipeWriter output) =>
            new(id, new Duplex(input, output), new Duplex(input, output));
    }

    private TokenHandshake Handshake(string secret) => new(new(secret, "test"), _log, TimeProvider.System);

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    private sealed class Lines : ILogger
    {
        public List<string> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Add(formatter(state, exception));
    }
}
