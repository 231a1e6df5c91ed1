using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace PairUni.Client;

/// <summary>
/// Puts a cluster's connections under mutual TLS, before anything else of them: middleware for silos and clients, on whichever engine.
/// Both sides show a certificate of the cluster's CA; whoever does not is cut off. See <see cref="ClusterTls"/>.
/// </summary>
/// <param name="tls">This process's certificate and the CA.</param>
/// <param name="log">Hears of connections that are refused.</param>
/// <param name="time">The clock.</param>
public sealed partial class TlsHandshake(ClusterTls tls, ILogger log, TimeProvider time)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);
    private volatile string? _lastRefusal;

    /// <summary>Why the last connection that this process opened came to nothing in the handshake; null: none did.</summary>
    public string? LastRefusal => _lastRefusal;

    /// <summary>Adds the caller's side to a connection that this process opens.</summary>
    public void UseAsCaller(IConnectionBuilder connection) => connection.Use(next => async context =>
    {
        try
        {
            await Through(context, Call, next);
        }
        catch (ConnectionRefusedException refusal)
        {
            _lastRefusal = refusal.Message;
            throw;
        }
    });

    /// <summary>Adds the answerer's side to connections that come in; those that fail are closed with a line in the log.</summary>
    public void UseAsAnswerer(IConnectionBuilder connection) => connection.Use(next => async context =>
    {
        var isOpen = false;
        try
        {
            await Through(context, Answer, inner =>
            {
                isOpen = true;
                return next(inner);
            });
        }
        catch (ConnectionRefusedException refusal) when (!isOpen)
        {
            LogRefused(context.RemoteEndPoint, refusal.Message);
            context.Abort(new ConnectionAbortedException(refusal.Message));
        }
    });

    private async Task Through(ConnectionContext context, Func<SslStream, RemoteCertificateValidationCallback, CancellationToken, Task> side, ConnectionDelegate next)
    {
        var plain = context.Transport;
        await using var pipe = new TlsPipe(plain);
        await Bounded(pipe.Stream, side);
        context.Transport = pipe;
        try
        {
            await next(context);
        }
        finally
        {
            context.Transport = plain;
        }
    }

    private Task Call(SslStream stream, RemoteCertificateValidationCallback check, CancellationToken cancellationToken) => stream.AuthenticateAsClientAsync(
        new SslClientAuthenticationOptions { ClientCertificateContext = tls.Context, RemoteCertificateValidationCallback = check }, cancellationToken);

    private Task Answer(SslStream stream, RemoteCertificateValidationCallback check, CancellationToken cancellationToken) => stream.AuthenticateAsServerAsync(
        new SslServerAuthenticationOptions { ServerCertificateContext = tls.Context, ClientCertificateRequired = true, RemoteCertificateValidationCallback = check }, cancellationToken);

    private async Task Bounded(SslStream stream, Func<SslStream, RemoteCertificateValidationCallback, CancellationToken, Task> side)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        string? objection = null;
        bool Check(object sender, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors)
        {
            objection = tls.Objection(shown, chain?.ChainPolicy.ExtraStore);
            return objection is null;
        }

        try
        {
            await side(stream, Check, limit.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw new ConnectionRefusedException($"the TLS handshake took longer than {Limit.TotalSeconds:0} s");
        }
        catch (Exception fault) when (fault is AuthenticationException or IOException or InvalidOperationException)
        {
            throw new ConnectionRefusedException(objection is not null
                ? $"the other side's TLS certificate {objection}"
                : $"the other side does not speak TLS or refuses this side's certificate ({fault.Message.TrimEnd('.')}); give all processes of the cluster {TlsFiles.CertificateVariable}, {TlsFiles.KeyVariable} and {TlsFiles.AuthorityVariable}");
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A connection from {From} is refused: {Why}")]
    private partial void LogRefused(EndPoint? from, string why);
}
