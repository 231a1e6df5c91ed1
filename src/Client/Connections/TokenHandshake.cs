using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace PairUni.Client;

/// <summary>
/// The first bytes of every connection of a cluster: both sides prove that they know the token, which itself never travels. Whoever does
/// not is cut off before anything else of the connection is read.
/// <code>
///   caller -> answerer   "PairUni1" | nonce of the caller, 32 bytes
///   answerer -> caller   nonce of the answerer, 32 bytes | HMAC-SHA256(token, "answerer" | both nonces)
///   caller -> answerer   HMAC-SHA256(token, "caller" | both nonces)
/// </code>
/// It proves who is there; it encrypts nothing, which is TLS's part.
/// </summary>
/// <param name="token">The cluster's token.</param>
/// <param name="log">Hears of connections that are refused.</param>
/// <param name="time">The clock.</param>
public sealed partial class TokenHandshake(ClusterToken token, ILogger log, TimeProvider time)
{
    private const int NonceLength = 32;
    private const int ProofLength = HMACSHA256.HashSizeInBytes;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);
    private readonly byte[] _key = Encoding.UTF8.GetBytes(token.Secret);

    private static ReadOnlySpan<byte> Greeting => "PairUni1"u8;

    /// <summary>Adds the caller's side to a connection that this process opens.</summary>
    public void UseAsCaller(IConnectionBuilder connection) => connection.Use(next => async context =>
    {
        await Bounded(context, Call);
        await next(context);
    });

    /// <summary>Adds the answerer's side to connections that come in; those that fail are closed with a line in the log.</summary>
    public void UseAsAnswerer(IConnectionBuilder connection) => connection.Use(next => async context =>
    {
        try
        {
            await Bounded(context, Answer);
        }
        catch (ConnectionRefusedException refusal)
        {
            LogRefused(context.RemoteEndPoint, refusal.Message);
            context.Abort(new ConnectionAbortedException(refusal.Message));
            return;
        }

        await next(context);
    });

    private async Task Call(ConnectionContext context, CancellationToken cancellationToken)
    {
        var (pipe, mine) = (context.Transport, RandomNumberGenerator.GetBytes(NonceLength));
        await pipe.Output.WriteAsync((byte[])[.. Greeting, .. mine], cancellationToken);
        var answer = await Read(pipe.Input, NonceLength + ProofLength, cancellationToken);
        var theirs = answer[..NonceLength];
        if (!CryptographicOperations.FixedTimeEquals(answer.AsSpan(NonceLength), Proof("answerer"u8, mine, theirs)))
            throw new ConnectionRefusedException("the other side has another cluster token");
        await pipe.Output.WriteAsync(Proof("caller"u8, mine, theirs), cancellationToken);
    }

    private async Task Answer(ConnectionContext context, CancellationToken cancellationToken)
    {
        var pipe = context.Transport;
        var greeting = await Read(pipe.Input, Greeting.Length + NonceLength, cancellationToken);
        if (!greeting.AsSpan(0, Greeting.Length).SequenceEqual(Greeting))
            throw new ConnectionRefusedException("it does not begin with PairUni's greeting: it has no cluster token, or is something else");
        var (theirs, mine) = (greeting[Greeting.Length..], RandomNumberGenerator.GetBytes(NonceLength));
        await pipe.Output.WriteAsync((byte[])[.. mine, .. Proof("answerer"u8, theirs, mine)], cancellationToken);
        var proof = await Read(pipe.Input, ProofLength, cancellationToken);
        if (!CryptographicOperations.FixedTimeEquals(proof, Proof("caller"u8, theirs, mine)))
            throw new ConnectionRefusedException("it has another cluster token");
    }

    private byte[] Proof(ReadOnlySpan<byte> side, byte[] caller, byte[] answerer) => HMACSHA256.HashData(_key, (byte[])[.. side, .. caller, .. answerer]);

    private async Task Bounded(ConnectionContext context, Func<ConnectionContext, CancellationToken, Task> side)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        try
        {
            await side(context, limit.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw new ConnectionRefusedException($"the cluster token was not shown within {Limit.TotalSeconds:0} s");
        }
        catch (IOException fault)
        {
            throw new ConnectionRefusedException($"the connection ended while the cluster token was shown ({fault.Message.TrimEnd('.')})");
        }
    }

    private static async Task<byte[]> Read(PipeReader input, int length, CancellationToken cancellationToken)
    {
        var result = await input.ReadAtLeastAsync(length, cancellationToken);
        if (result.Buffer.Length < length)
        {
            input.AdvanceTo(result.Buffer.End);
            throw new ConnectionRefusedException("the other side closed the connection instead of showing the cluster token");
        }

        var bytes = result.Buffer.Slice(0, length).ToArray();
        input.AdvanceTo(result.Buffer.GetPosition(length));
        return bytes;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A connection from {From} is refused: {Why}")]
    private partial void LogRefused(EndPoint? from, string why);
}
