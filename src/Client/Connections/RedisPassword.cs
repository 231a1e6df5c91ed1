using System.Net;
using System.Net.Sockets;
using System.Text;
using StackExchange.Redis;

namespace PairUni.Client;

/// <summary>Asks a Redis server itself whether it lets this password in: what its client says of a refused one depends on timing.</summary>
internal static class RedisPassword
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>True when a server answers and refuses the password, or asks for one; false when none can be asked, or over TLS.</summary>
    public static async Task<bool> IsRefused(ConfigurationOptions options)
    {
        foreach (var endpoint in options.EndPoints)
        {
            if (!options.Ssl && await Ask(endpoint, options.Password) is { } answer
                && (answer.StartsWith("-NOAUTH", StringComparison.Ordinal) || answer.StartsWith("-WRONGPASS", StringComparison.Ordinal)
                    || answer.StartsWith("-ERR invalid password", StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }

    private static async Task<string?> Ask(EndPoint endpoint, string? password)
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            using var client = new TcpClient();
            await (endpoint switch
            {
                DnsEndPoint name => client.ConnectAsync(name.Host, name.Port, limit.Token),
                IPEndPoint address => client.ConnectAsync(address, limit.Token),
                _ => throw new NotSupportedException($"{endpoint} is no address of a network."),
            }).ConfigureAwait(false);
            var command = string.IsNullOrEmpty(password)
                ? "*1\r\n$4\r\nPING\r\n"
                : $"*2\r\n$4\r\nAUTH\r\n${Encoding.UTF8.GetByteCount(password)}\r\n{password}\r\n";
            var stream = client.GetStream();
            await stream.WriteAsync(Encoding.UTF8.GetBytes(command), limit.Token).ConfigureAwait(false);
            using var reader = new StreamReader(stream);
            return await reader.ReadLineAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is SocketException or IOException or OperationCanceledException or NotSupportedException)
        {
            return null;
        }
    }
}
