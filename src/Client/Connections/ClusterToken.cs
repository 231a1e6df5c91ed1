using System.Security.Cryptography;
using System.Text;
using PairUni.Contracts;

namespace PairUni.Client;

/// <summary>The secret that all processes of a cluster share and that each of their connections has to show.</summary>
public sealed class ClusterToken
{
    /// <summary>Environment variable that names a file with the token.</summary>
    public const string FileVariable = "PAIRUNI_CLUSTER_TOKEN_FILE";

    /// <summary>Environment variable that holds the token itself.</summary>
    public const string Variable = "PAIRUNI_CLUSTER_TOKEN";

    /// <summary>Shortest token, characters.</summary>
    public const int MinLength = 16;

    /// <summary>Longest token, characters.</summary>
    public const int MaxLength = 256;

    private readonly byte[] _digest;

    /// <param name="secret">16 to 256 printable ASCII characters without spaces.</param>
    /// <param name="origin">Where it was found, for the message.</param>
    /// <exception cref="UserErrorException">It is none.</exception>
    public ClusterToken(string secret, string origin)
    {
        if (secret.Length is < MinLength or > MaxLength || secret.Any(c => c is <= ' ' or > '~'))
        {
            throw new UserErrorException(
                $"{origin} holds no cluster token: it must be {MinLength} to {MaxLength} printable characters without spaces; make one with: openssl rand -hex 32");
        }

        (Secret, _digest) = (secret, Digest(secret));
    }

    /// <summary>The token; for the connections of this process alone, never for logs.</summary>
    public string Secret { get; }

    /// <summary>The token of the environment; null when neither variable is set.</summary>
    /// <exception cref="UserErrorException">The file cannot be read, or what is there is no token.</exception>
    public static ClusterToken? FromEnvironment(Func<string, string?> environment)
    {
        if (environment(FileVariable) is { Length: > 0 } file) return FromFile(file);
        return environment(Variable) is { Length: > 0 } secret ? new(secret, Variable) : null;
    }

    /// <summary>The token in a file; white space around it does not count.</summary>
    /// <exception cref="UserErrorException">The file cannot be read, or what is there is no token.</exception>
    public static ClusterToken FromFile(string file)
    {
        try
        {
            using var reader = new StreamReader(file);
            var text = new char[4 * MaxLength];
            return new(new string(text, 0, reader.ReadBlock(text)).Trim(), file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The cluster token cannot be read from {file} ({fault.Message.TrimEnd('.')}); fix {FileVariable}.", fault);
        }
    }

    /// <summary>Whether somebody showed this token; takes the same time however much of it is right.</summary>
    public bool Matches(string? shown) => CryptographicOperations.FixedTimeEquals(_digest, Digest(shown ?? ""));

    /// <summary>What tells two tokens apart without telling either: HMAC-SHA256 of the cluster's name.</summary>
    public string Mark(string cluster) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes("cluster " + cluster)));

    public override string ToString() => "(cluster token)";

    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
