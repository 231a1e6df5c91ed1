using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PairUni.Client.Tests;

/// <summary>A certificate authority made for a test, and the PEM files of what it issues.</summary>
internal sealed class MadeUpAuthority : IDisposable
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    public MadeUpAuthority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        Certificate = request.CreateSelfSigned(Now.AddDays(-30), Now.AddDays(30));
    }

    /// <summary>The authority's certificate.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>The same as PEM.</summary>
    public string Pem => Certificate.ExportCertificatePem();

    /// <summary>A certificate (for 127.0.0.1, where names matter) and its key as PEM, valid from and until so many days from now.</summary>
    public (string Certificate, string Key) Issue(string name, int from = -1, int until = 1)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(Certificate, Now.AddDays(from), Now.AddDays(until), RandomNumberGenerator.GetBytes(8));
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>Writes a certificate, its key and the authority's certificate into a folder.</summary>
    public TlsFiles Files(string folder, string name, int from = -1, int until = 1)
    {
        var (certificate, key) = Issue(name, from, until);
        return new(Written($"{name}.pem", certificate), Written($"{name}-key.pem", key), Written($"{name}-ca.pem", Pem));

        string Written(string file, string text)
        {
            var path = Path.Combine(folder, file);
            File.WriteAllText(path, text);
            return path;
        }
    }

    /// <summary>What a process with such a certificate has.</summary>
    public ClusterTls Tls(string folder, string name) => Files(folder, name).Read(TimeProvider.System);

    public void Dispose() => Certificate.Dispose();
}
