using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Connections;

namespace PairUni.Client.Tests;

public sealed class TokenHandshakeTests
{
    private readonly Lines _log = new();
    private readonly (DefaultConnectionContext Caller, DefaultConnectionContext Answerer) _ends = Ends.Pair();

    [Fact]
    public async Task BothSidesOfOneToken_GoOn_WithTheirOwnBytesUntouched()
    {
        var caller = Ends.Pipeline(c => Handshake("0123456789abcdef").UseAsCaller(c), c => c.Transport.Output.WriteAsync("hello"u8.ToArray()).AsTask());
        var heard = "";
        var answerer = Ends.Pipeline(c => Handshake("0123456789abcdef").UseAsAnswerer(c), async c =>
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
        var answerer = Ends.Pipeline(c => Handshake("0123456789abcdef").UseAsAnswerer(c), Ends.Never)(_ends.Answerer);
        var fault = await Should.ThrowAsync<ConnectionRefusedException>(() => Ends.Pipeline(c => Handshake("0123456789abcdeg").UseAsCaller(c), Ends.Never)(_ends.Caller));
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

        await Ends.Pipeline(c => Handshake("0123456789abcdef").UseAsAnswerer(c), Ends.Never)(_ends.Answerer);

        _log.Written.ShouldBe([$"A connection from (null) is refused: {why}"]);
        var closed = new TaskCompletionSource();
        await using var registration = _ends.Answerer.ConnectionClosed.Register(closed.SetResult);
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task WhoeverSaysNothing_IsCutOffAfterFiveSeconds()
    {
        var time = new Grains.Tests.ManualTime();
        var answerer = Ends.Pipeline(c => new TokenHandshake(new("0123456789abcdef", "test"), _log, time).UseAsAnswerer(c), Ends.Never)(_ends.Answerer);
        answerer.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromSeconds(5));
        await answerer;
        _log.Written.ShouldBe(["A connection from (null) is refused: the cluster token was not shown within 5 s"]);
    }

    private TokenHandshake Handshake(string secret) => new(new(secret, "test"), _log, TimeProvider.System);
}
