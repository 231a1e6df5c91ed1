using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PairUni.Contracts;

namespace PairUni.Client;

/// <summary>The PEM files of a process's TLS: certificate (those between it and the authority may follow in the file), private key, authorities.</summary>
public sealed record TlsFiles(string? Certificate, string? Key, string? Authority)
{
    /// <summary>Environment variable that names the certificate's file; what --tls-cert says without it.</summary>
    public const string CertificateVariable = "PAIRUNI_TLS_CERT";

    /// <summary>Environment variable that names the key's file; what --tls-key says without it.</summary>
    public const string KeyVariable = "PAIRUNI_TLS_KEY";

    /// <summary>Environment variable that names the file of the authorities' certificates; what --tls-ca says without it.</summary>
    public const string AuthorityVariable = "PAIRUNI_TLS_CA";

    /// <summary>No files: no TLS, unless the environment names some.</summary>
    public static TlsFiles None { get; } = new(null, null, null);

    /// <summary>Whether there is to be no TLS.</summary>
    public bool IsNone => Certificate is null && Key is null && Authority is null;

    /// <summary>These, and the environment's where one is not given.</summary>
    public TlsFiles Or(Func<string, string?> environment) =>
        new(Certificate ?? Named(environment, CertificateVariable), Key ?? Named(environment, KeyVariable), Authority ?? Named(environment, AuthorityVariable));

    /// <summary>Reads and checks them.</summary>
    /// <exception cref="UserErrorException">One is missing or holds what it should not; the sentence says which.</exception>
    public ClusterTls Read(TimeProvider time)
    {
        var (certificates, key, authorities) = (Certificates(Certificate, CertificateVariable, "--tls-cert"), KeyText(), Certificates(Authority, AuthorityVariable, "--tls-ca"));
        var tls = new ClusterTls(Paired(certificates[0], key), [.. certificates.Skip(1)], authorities, time);
        var objection = tls.Objection(tls.Certificate, tls.Between);
        return objection is null ? tls
            : throw new UserErrorException($"The TLS certificate in {Certificate} {objection}; give --tls-cert (or {CertificateVariable}) a valid one of the CA in {Authority}.");
    }

    private static string? Named(Func<string, string?> environment, string variable) => environment(variable) is { Length: > 0 } file ? file : null;

    private static string Text(string? file, string variable, string option)
    {
        if (file is null) throw new UserErrorException($"TLS needs a certificate, its key and a CA: {option} (or {variable}) is missing.");
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{file} cannot be read ({fault.Message.TrimEnd('.')}); fix {option} (or {variable}).", fault);
        }
    }

    private static X509Certificate2Collection Certificates(string? file, string variable, string option)
    {
        var (text, certificates) = (Text(file, variable, option), new X509Certificate2Collection());
        try
        {
            certificates.ImportFromPem(text);
        }
        catch (CryptographicException)
        {
            // What was read is no certificate: said below.
        }

        return certificates.Count > 0 ? certificates
            : throw new UserErrorException($"{file} holds no certificate in PEM (-----BEGIN CERTIFICATE-----); fix {option} (or {variable}).");
    }

    private string KeyText()
    {
        var text = Text(Key, KeyVariable, "--tls-key");
        if (!text.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
            throw new UserErrorException($"{Key} holds no private key in PEM (-----BEGIN PRIVATE KEY-----); fix --tls-key (or {KeyVariable}).");
        if (text.Contains("ENCRYPTED", StringComparison.Ordinal))
            throw new UserErrorException($"The key in {Key} is encrypted; give --tls-key (or {KeyVariable}) one that is not, in a file that only its user can read.");
        return text;
    }

    private X509Certificate2 Paired(X509Certificate2 certificate, string key)
    {
        try
        {
            return X509Certificate2.CreateFromPem(certificate.ExportCertificatePem(), key);
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            throw new UserErrorException($"The key in {Key} is not that of the certificate in {Certificate}; give --tls-key (or {KeyVariable}) the one that it was made with.", fault);
        }
    }
}
