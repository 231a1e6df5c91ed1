using System.CommandLine;
using PairUni.Client;
using PairUni.Contracts;
using StackExchange.Redis;

namespace PairUni.Cli.Cluster;

/// <summary>The options by which a command finds its cluster.</summary>
internal sealed class ClusterFlags
{
    /// <summary>Enough for a killed silo to be declared dead (13 s by default) and its grains to come up elsewhere.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

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
    public ConfigurationOptions Redis(ParseResult parsed, CliContext context) =>
        RedisDoor.Options(RedisText(parsed, context), context.Environment.GetValueOrDefault(ClusterVariables.RedisPassword));

    /// <summary>The options by which another command reaches the same cluster, a space before each; nothing of what the environment decides, and no password.</summary>
    public string Repeated(ParseResult parsed) =>
        (parsed.GetValue(_redis) is { } redis ? " --redis " + string.Join(',', redis.Split(',').Where(p => !p.Trim().StartsWith("password=", StringComparison.OrdinalIgnoreCase))) : "")
        + (parsed.GetResult(_cluster) is { Implicit: false } ? " --cluster " + Cluster(parsed) : "")
        + string.Concat(new[] { _certificate, _key, _authority }.Where(o => parsed.GetValue(o) is not null).Select(o => $" {o.Name} {parsed.GetValue(o)}"));

    /// <exception cref="UserErrorException">The token's file cannot be read.</exception>
    public static ClusterToken? Token(CliContext context) => ClusterToken.FromEnvironment(name => context.Environment.GetValueOrDefault(name));

    /// <exception cref="UserErrorException">A file is missing or holds what it should not.</exception>
    public ClusterTls? Tls(ParseResult parsed, CliContext context) => ClusterTls.FromEnvironment(
        new(parsed.GetValue(_certificate), parsed.GetValue(_key), parsed.GetValue(_authority)), name => context.Environment.GetValueOrDefault(name), context.Time);

    /// <summary>Connects as a client.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="context">Of the process.</param>
    /// <param name="patience">How long each call is repeated while silos come and go.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<PairUniClient> Connect(ParseResult parsed, CliContext context, TimeSpan patience, CancellationToken cancellationToken) => PairUniClient.Connect(
        new()
        {
            Redis = RedisText(parsed, context),
            RedisPassword = context.Environment.GetValueOrDefault(ClusterVariables.RedisPassword),
            Cluster = Cluster(parsed),
            Token = Token(context),
            Tls = Tls(parsed, context),
            Patience = patience,
        },
        cancellationToken);

    /// <summary>Connects for a command that somebody waits for.</summary>
    public Task<PairUniClient> Connect(ParseResult parsed, CliContext context, CancellationToken cancellationToken) =>
        Connect(parsed, context, Patience, cancellationToken);

    private string RedisText(ParseResult parsed, CliContext context) =>
        parsed.GetValue(_redis) ?? context.Environment.GetValueOrDefault(ClusterVariables.Redis)
            ?? throw new UserErrorException($"--redis is missing: name the cluster's Redis, such as --redis 127.0.0.1:6379, or set {ClusterVariables.Redis}.");

    private static Option<string?> File(string name, string description) => new(name) { Description = description, HelpName = "file" };
}
