using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PairUni.Contracts;
using StackExchange.Redis;

namespace PairUni.Client;

/// <summary>
/// A process's part in the TLS of its cluster: the certificate that it shows, and the authorities that everybody's certificate must come
/// from. Names in certificates do not matter between processes, for they find each other by addresses: whoever has a certificate of such an
/// authority belongs to the cluster.
/// </summary>
public sealed class ClusterTls
{
    private readonly X509Certificate2Collection _authorities;
    private readonly TimeProvider _time;

    /// <param name="own">The certificate with its key; certificates between it and the authority may follow it.</param>
    /// <param name="between">Those.</param>
    /// <param name="authorities">The cluster's authorities: one, or two while one replaces the other.</param>
    /// <param name="time">The clock by which certificates expire.</param>
    public ClusterTls(X509Certificate2 own, X509Certificate2Collection between, X509Certificate2Collection authorities, TimeProvider time)
    {
        (Certificate, Between, _authorities, _time) = (own, between, authorities, time);
        Context = SslStreamCertificateContext.Create(own, between, offline: true);
    }

    /// <summary>What this process shows.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>Certificates between its own and the authority.</summary>
    public X509Certificate2Collection Between { get; }

    /// <summary>What this process shows, with its chain, as SslStream takes it.</summary>
    public SslStreamCertificateContext Context { get; }

    /// <summary>The authorities' SHA-256, which tell one cluster's TLS from another's.</summary>
    public IReadOnlyList<string> Authorities => [.. _authorities.Select(a => a.GetCertHashString(HashAlgorithmName.SHA256)).Order(StringComparer.Ordinal)];

    /// <summary>The TLS that options or the environment name; null when neither says anything of it.</summary>
    /// <param name="files">Paths of options, null where one is not given: they come before the environment's.</param>
    /// <param name="environment">Variables by name.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="UserErrorException">A file is missing or holds what it should not.</exception>
    public static ClusterTls? FromEnvironment(TlsFiles files, Func<string, string?> environment, TimeProvider time)
    {
        var named = files.Or(environment);
        return named.IsNone ? null : named.Read(time);
    }

    /// <summary>Why a certificate does not belong to the cluster, a clause such as "expired at ..."; null: it does.</summary>
    /// <param name="shown">What the other side showed.</param>
    /// <param name="more">Certificates that it sent along.</param>
    public string? Objection(X509Certificate? shown, X509Certificate2Collection? more = null)
    {
        if (shown is not X509Certificate2 certificate) return "is missing";
        var now = _time.GetUtcNow().UtcDateTime;
        if (now > certificate.NotAfter.ToUniversalTime()) return $"({certificate.Subject}) expired at {certificate.NotAfter.ToUniversalTime():u}";
        if (now < certificate.NotBefore.ToUniversalTime()) return $"({certificate.Subject}) is not valid before {certificate.NotBefore.ToUniversalTime():u}";
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = now;
        if (more is not null) chain.ChainPolicy.ExtraStore.AddRange(more);
        if (chain.Build(certificate)) return null;
        var why = chain.ChainStatus.Select(s => s.StatusInformation.Trim().TrimEnd('.')).FirstOrDefault(s => s.Length > 0);
        return $"({certificate.Subject}) does not come from the cluster's CA ({why})";
    }

    /// <summary>Makes connections to a Redis of `ssl=true` show the certificate and trust the authorities beside the machine's own.</summary>
    internal void Use(ConfigurationOptions redis)
    {
        redis.CertificateSelection += (_, _, _, _, _) => Certificate;
        redis.CertificateValidation += (_, shown, chain, errors) =>
            errors == SslPolicyErrors.None || (errors == SslPolicyErrors.RemoteCertificateChainErrors && Objection(shown, chain?.ChainPolicy.ExtraStore) is null);
    }
}
