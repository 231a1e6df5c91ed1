using System.CommandLine;
using PairUni.Client;
using PairUni.Contracts;
using StackExchange.Redis;

namespace PairUni.Cli.Cluster;

/// <summary>The options by which a command finds its cluster.</summary>
internal sealed class ClusterFlags
{
    private readonly Option<string?> _redis = new("--redis") { Description = $"Redis of the cluster, host:port; {ClusterVariables.Redis} without it. Its password is {ClusterVariables.RedisPassword}.", HelpName = "host:port" };
    private readonly Option<string> _cluster = new("--cluster") { Description = "Name of the cluster; several may share a Redis.", DefaultValueFactory = _ => "pairuni" };

    private readonly Option<string?> _certificate = File("--tls-cert", $"Certificate of this process, PEM, for mutual TLS with the cluster; {TlsFiles.CertificateVariable} without it.");
    private readonly Option<string?> _key = File("--tls-key", $"Its private key, PEM; {TlsFiles.KeyVariable} without it.");
    private readonly Option<string?> _authority = File("--tls-ca", $"The CA that all certificates of the cluster must come from, PEM; {TlsFiles.AuthorityVariable} without it.");

    public void AddTo(Command command)
    {
        command.Options.Add(_redis);
        command.Options.Add(_cluster);
        command.Options.Add(_certificate);
        command.Options.Add(_key);
        command.Options.Add(_authority);
    }

    public string Cluster(ParseResult parsed) => parsed.GetRequiredValue(_cluster);

    /// <exception cref="UserErrorException">No Redis is named, or not as one.</exception>
    public ConfigurationOptions Redis(ParseResult parsed, CliContext context) => RedisDoor.Options(
        parsed.GetValue(_redis) ?? context.Environment.GetValueOrDefault(ClusterVariables.Redis)
            ?? throw new UserErrorException($"--redis is missing: name the cluster's Redis, such as --redis 127.0.0.1:6379, or set {ClusterVariables.Redis}."),
        context.Environment.GetValueOrDefault(ClusterVariables.RedisPassword));

    /// <exception cref="UserErrorException">The token's file cannot be read.</exception>
    public static ClusterToken? Token(CliContext context) => ClusterToken.FromEnvironment(name => context.Environment.GetValueOrDefault(name));

    /// <exception cref="UserErrorException">A file is missing or holds what it should not.</exception>
    public ClusterTls? Tls(ParseResult parsed, CliContext context) => ClusterTls.FromEnvironment(
        new(parsed.GetValue(_certificate), parsed.GetValue(_key), parsed.GetValue(_authority)), name => context.Environment.GetValueOrDefault(name), context.Time);

    /// <summary>Connects as a client.</summary>
    public Task<ClusterConnection> Connect(ParseResult parsed, CliContext context, CancellationToken cancellationToken) =>
        ClusterConnection.Open(Redis(parsed, context), Cluster(parsed), Token(context), Tls(parsed, context), context.Time, cancellationToken);

    /// <exception cref="UserErrorException">The answer is a refusal.</exception>
    public static void Granted(RequestAnswer answer)
    {
        if (answer.Refusal.Length > 0)
            throw new UserErrorException(answer.Refusal);
    }

    private static Option<string?> File(string name, string description) => new(name) { Description = description, HelpName = "file" };
}
