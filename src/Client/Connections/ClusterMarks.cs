using System.Globalization;
using PairUni.Contracts;
using StackExchange.Redis;

namespace PairUni.Client;

/// <summary>
/// What the silos of a cluster leave in Redis so that whoever does not fit is told so in one sentence: the version of the protocol, a mark of the
/// token, the authorities of the TLS. They keep nobody out, which is the part of every connection's handshake. Silos renew them; half a minute
/// after the last one they are gone, and a cluster may begin again with others.
/// </summary>
public sealed class ClusterMarks(string cluster, ClusterToken? token, ClusterTls? tls)
{
    /// <summary>How long they stay after they were renewed.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    private const string None = "none";

    private string Tls => tls is null ? None : string.Join(' ', tls.Authorities);

    private (RedisKey Key, string Mine)[] All =>
        [(Key("protocol"), Protocol.Version.ToString(CultureInfo.InvariantCulture)), (Key("token"), token?.Mark(cluster) ?? None), (Key("tls"), Tls)];

    /// <summary>Leaves those that are not there, and lets all stay; for silos that fit.</summary>
    public async Task Renew(IDatabase database)
    {
        await Leave(database);
        foreach (var (key, _) in All) await database.KeyExpireAsync(key, Lifetime);
    }

    /// <summary>Compares them with what this process has.</summary>
    /// <param name="database">The cluster's Redis.</param>
    /// <param name="where">Its address, for the sentence.</param>
    /// <param name="isSilo">Whether to leave them, if nobody has.</param>
    /// <exception cref="UserErrorException">This process does not fit.</exception>
    public async Task Check(IDatabase database, string where, bool isSilo)
    {
        if (isSilo) await Leave(database);
        foreach (var (key, mine) in All)
        {
            var left = await database.StringGetAsync(key);
            if (left.IsNull || left.ToString() == mine) continue;
            if (key == Key("protocol"))
            {
                throw new UserErrorException(
                    $"The cluster '{cluster}' at {where} speaks version {left} of the protocol, this pairuni version {mine}; use the build that its silos run, or another --cluster.");
            }

            if (key == Key("token"))
            {
                throw new UserErrorException(token is null
                    ? $"The cluster '{cluster}' wants a token; name its file in {ClusterToken.FileVariable}."
                    : $"The token is not that of the cluster '{cluster}'; give {ClusterToken.FileVariable} the file that its silos have.");
            }

            CheckTls(left.ToString());

            // One CA takes the place of another: silos that trust both come in between.
            if (isSilo) await database.StringSetAsync(key, mine, Lifetime);
        }
    }

    private async Task Leave(IDatabase database)
    {
        foreach (var (key, mine) in All) await database.StringSetAsync(key, mine, Lifetime, When.NotExists);
    }

    private void CheckTls(string left)
    {
        const string Variables = $"{TlsFiles.CertificateVariable}, {TlsFiles.KeyVariable} and {TlsFiles.AuthorityVariable}";
        if (tls is null) throw new UserErrorException($"The cluster '{cluster}' uses TLS; name certificate, key and CA in {Variables}.");
        if (left == None) throw new UserErrorException($"The cluster '{cluster}' does not use TLS; leave out {Variables}, or start all of its silos with them.");
        if (tls.Authorities.Intersect(left.Split(' ')).Any()) return;
        throw new UserErrorException($"The CA in {TlsFiles.AuthorityVariable} is not that of the cluster '{cluster}'; give the file that its silos have.");
    }

    private RedisKey Key(string what) => $"{RedisDoor.Prefix(cluster)}/{what}";
}
