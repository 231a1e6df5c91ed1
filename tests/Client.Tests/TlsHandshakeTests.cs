using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Connections;
using PairUni.Silo.Tests;

namespace PairUni.Client.Tests;

public sealed class TlsHandshakeTests : IDisposable
{
    private const byte HandshakeRecord = 22;
    private readonly TemporaryFolder _folder = new();
    private readonly MadeUpAuthority _authority = new("the cluster");
    private readonly MadeUpAuthority _other = new("another");
    private readonly Lines _log = new();
    private readonly (DefaultConnectionContext Caller, DefaultConnectionContext Answerer) _ends = Ends.Pair();

    [Fact]
    public async Task CertificatesOfOneAuthority_GoOn_WithTheirBytesBothWays()
    {
        var plain = (_ends.Caller.Transport, _ends.Answerer.Transport);
        var caller = Ends.Pipeline(Handshake(_authority, "caller").UseAsCaller, async c =>
        {
            c.Transport.ShouldNotBe(plain.Item1);
            await c.Transport.Output.WriteAsync("hello"u8.ToArray());
            await c.Transport.Output.CompleteAsync();
            (await Text(c.Transport.Input)).ShouldBe("good day");
        })(_ends.Caller);
        var answerer = Ends.Pipeline(Handshake(_authority, "answerer").UseAsAnswerer, async c =>
        {
            (await Text(c.Transport.Input)).ShouldBe("hello");
            await c.Transport.Output.WriteAsync("good day"u8.ToArray());
            await c.Transport.Output.CompleteAsync();
        })(_ends.Answerer);

        await Task.WhenAll(caller, answerer);

        _log.Written.ShouldBeEmpty();
        (_ends.Caller.Transport, _ends.Answerer.Transport).ShouldBe(plain);
    }

    [Fact]
    public async Task TheToken_IsShownInside()
    {
        var token = new TokenHandshake(new("0123456789abcdef", "test"), _log, TimeProvider.System);
        var (mine, theirs) = (Handshake(_authority, "caller"), Handshake(_authority, "answerer"));
        var caller = Ends.Pipeline(c => Both(c, mine.UseAsCaller, token.UseAsCaller), c => c.Transport.Output.WriteAsync("hello"u8.ToArray()).AsTask())(_ends.Caller);
        var heard = "";
        var answerer = Ends.Pipeline(c => Both(c, theirs.UseAsAnswerer, token.UseAsAnswerer), async c =>
        {
            heard = Encoding.UTF8.GetString((await c.Transport.Input.ReadAtLeastAsync(5)).Buffer.ToArray());
        })(_ends.Answerer);

        await Task.WhenAll(caller, answerer);

        heard.ShouldBe("hello");
        _log.Written.ShouldBeEmpty();
    }

    [Fact]
    public async Task TheFirstByte_IsTls()
    {
        var caller = Ends.Pipeline(Handshake(_authority, "caller").UseAsCaller, Ends.Never)(_ends.Caller);
        (await _ends.Answerer.Transport.Input.ReadAsync()).Buffer.FirstSpan[0].ShouldBe(HandshakeRecord);
        await _ends.Answerer.Transport.Output.CompleteAsync();
        await Should.ThrowAsync<ConnectionRefusedException>(() => caller);
    }

    [Fact]
    public async Task ACertificateOfAnotherAuthority_IsRefused()
    {
        var handshake = Handshake(_authority, "caller");
        var caller = Ends.Pipeline(handshake.UseAsCaller, Ends.Never)(_ends.Caller);
        var answerer = Ends.Pipeline(Handshake(_other, "stranger").UseAsAnswerer, Ends.Never)(_ends.Answerer);

        var fault = await Should.ThrowAsync<ConnectionRefusedException>(() => caller);
        await _ends.Caller.Transport.Output.CompleteAsync();
        await answerer;

        fault.Message.ShouldStartWith("the other side's TLS certificate (CN=stranger) does not come from the cluster's CA (");
        handshake.LastRefusal.ShouldBe(fault.Message);
        _log.Written.ShouldHaveSingleItem().ShouldStartWith("A connection from (null) is refused: the other side's TLS certificate (CN=caller) does not come from the cluster's CA (");
    }

    [Theory]
    [InlineData("PairUni1 and then a nonce of 32 bytes and more")]
    [InlineData("GET / HTTP/1.1\r\nHost: silo\r\n\r\n")]
    [InlineData("")]
    public async Task WhoDoesNotSpeakTls_IsCutOffWithALineInTheLog(string bytes)
    {
        await _ends.Caller.Transport.Output.WriteAsync(Encoding.UTF8.GetBytes(bytes));
        await _ends.Caller.Transport.Output.CompleteAsync();

        await Ends.Pipeline(Handshake(_authority, "answerer").UseAsAnswerer, Ends.Never)(_ends.Answerer);

        _log.Written.ShouldHaveSingleItem().ShouldMatch("^A connection from \\(null\\) is refused: the other side does not speak TLS or refuses .*; give all processes of the cluster PAIRUNI_TLS_CERT, PAIRUNI_TLS_KEY and PAIRUNI_TLS_CA$");
        var closed = new TaskCompletionSource();
        await using var registration = _ends.Answerer.ConnectionClosed.Register(closed.SetResult);
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task WhoeverSaysNothing_IsCutOffAfterFiveSeconds()
    {
        var time = new Grains.Tests.ManualTime();
        var answerer = Ends.Pipeline(new TlsHandshake(_authority.Tls(_folder.Path, "answerer"), _log, time).UseAsAnswerer, Ends.Never)(_ends.Answerer);
        answerer.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromSeconds(5));
        await answerer;
        _log.Written.ShouldBe(["A connection from (null) is refused: the TLS handshake took longer than 5 s"]);
    }

    public void Dispose()
    {
        _authority.Dispose();
        _other.Dispose();
        _folder.Dispose();
    }

    private static void Both(IConnectionBuilder connection, Action<IConnectionBuilder> first, Action<IConnectionBuilder> second)
    {
        first(connection);
        second(connection);
    }

    private static async Task<string> Text(PipeReader input)
    {
        while (true)
        {
            var read = await input.ReadAsync();
            if (read.IsCompleted) return Encoding.UTF8.GetString(read.Buffer.ToArray());
            input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private TlsHandshake Handshake(MadeUpAuthority authority, string name) => new(authority.Tls(_folder.Path, name), _log, TimeProvider.System);
}
