using PairUni.Contracts;
using PairUni.Silo.Tests;

namespace PairUni.Client.Tests;

public sealed class ClusterTlsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MadeUpAuthority _authority = new("the cluster");
    private readonly MadeUpAuthority _other = new("another");

    [Fact]
    public void WithoutFiles_ThereIsNoTls()
    {
        ClusterTls.FromEnvironment(TlsFiles.None, _ => null, TimeProvider.System).ShouldBeNull();
        ClusterTls.FromEnvironment(TlsFiles.None, _ => "", TimeProvider.System).ShouldBeNull();
    }

    [Fact]
    public void WhatOptionsName_ComesBeforeTheEnvironment()
    {
        var (one, two) = (_authority.Files(_folder.Path, "one"), _authority.Files(_folder.Path, "two"));
        var environment = new Dictionary<string, string?> { [TlsFiles.CertificateVariable] = two.Certificate, [TlsFiles.KeyVariable] = two.Key, [TlsFiles.AuthorityVariable] = two.Authority };
        ClusterTls.FromEnvironment(TlsFiles.None, environment.GetValueOrDefault, TimeProvider.System)!.Certificate.Subject.ShouldBe("CN=two");
        ClusterTls.FromEnvironment(one with { Authority = null }, environment.GetValueOrDefault, TimeProvider.System)!.Certificate.Subject.ShouldBe("CN=one");
    }

    [Fact]
    public void CertificatesOfTheAuthority_Belong_AndOthersDoNot()
    {
        var tls = _authority.Tls(_folder.Path, "one");
        tls.Objection(_authority.Tls(_folder.Path, "two").Certificate).ShouldBeNull();
        tls.Objection(_other.Tls(_folder.Path, "stranger").Certificate).ShouldNotBeNull().ShouldStartWith("(CN=stranger) does not come from the cluster's CA (");
        tls.Objection(null).ShouldBe("is missing");
    }

    [Fact]
    public void WhileOneAuthorityReplacesAnother_CertificatesOfBothBelong()
    {
        var files = _authority.Files(_folder.Path, "one");
        File.AppendAllText(files.Authority!, "\n" + _other.Pem);
        var tls = files.Read(TimeProvider.System);
        tls.Authorities.Count.ShouldBe(2);
        tls.Objection(_other.Tls(_folder.Path, "new").Certificate).ShouldBeNull();
    }

    [Fact]
    public void ACertificate_BelongsUntilItExpires()
    {
        var time = new Grains.Tests.ManualTime();
        var (now, files) = (TimeProvider.System.GetUtcNow(), _authority.Files(_folder.Path, "one"));
        time.Advance(now - time.GetUtcNow());
        var tls = files.Read(time);
        tls.Objection(tls.Certificate).ShouldBeNull();
        time.Advance(TimeSpan.FromDays(2));
        tls.Objection(tls.Certificate).ShouldNotBeNull().ShouldStartWith("(CN=one) expired at ");
    }

    [Fact]
    public void AMissingFile_IsNamed()
    {
        var files = _authority.Files(_folder.Path, "one");
        Refused(files with { Key = _folder["none"] }).ShouldMatch("^.*/none cannot be read \\(.*\\); fix --tls-key \\(or PAIRUNI_TLS_KEY\\)\\.$");
        Refused(files with { Certificate = null }).ShouldBe("TLS needs a certificate, its key and a CA: --tls-cert (or PAIRUNI_TLS_CERT) is missing.");
        Refused(files with { Authority = null }).ShouldBe("TLS needs a certificate, its key and a CA: --tls-ca (or PAIRUNI_TLS_CA) is missing.");
    }

    [Fact]
    public void WhatIsNoPem_IsRefused()
    {
        var files = _authority.Files(_folder.Path, "one");
        File.WriteAllText(_folder["text"], "not a certificate");
        Refused(files with { Certificate = _folder["text"] }).ShouldBe($"{_folder["text"]} holds no certificate in PEM (-----BEGIN CERTIFICATE-----); fix --tls-cert (or PAIRUNI_TLS_CERT).");
        Refused(files with { Authority = files.Key }).ShouldBe($"{files.Key} holds no certificate in PEM (-----BEGIN CERTIFICATE-----); fix --tls-ca (or PAIRUNI_TLS_CA).");
        Refused(files with { Key = files.Certificate }).ShouldBe($"{files.Certificate} holds no private key in PEM (-----BEGIN PRIVATE KEY-----); fix --tls-key (or PAIRUNI_TLS_KEY).");
        File.WriteAllText(_folder["text"], "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        Refused(files with { Certificate = _folder["text"] }).ShouldContain("holds no certificate in PEM");
    }

    [Fact]
    public void AnEncryptedKey_IsRefused()
    {
        var files = _authority.Files(_folder.Path, "one");
        File.WriteAllText(files.Key!, "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n");
        Refused(files).ShouldBe($"The key in {files.Key} is encrypted; give --tls-key (or PAIRUNI_TLS_KEY) one that is not, in a file that only its user can read.");
    }

    [Fact]
    public void TheKeyOfAnotherCertificate_IsRefused()
    {
        var (one, two) = (_authority.Files(_folder.Path, "one"), _authority.Files(_folder.Path, "two"));
        Refused(one with { Key = two.Key }).ShouldBe(
            $"The key in {two.Key} is not that of the certificate in {one.Certificate}; give --tls-key (or PAIRUNI_TLS_KEY) the one that it was made with.");
    }

    [Fact]
    public void ACertificateOutOfItsTime_IsRefused()
    {
        var (old, early) = (_authority.Files(_folder.Path, "old", from: -9, until: -2), _authority.Files(_folder.Path, "early", from: 2, until: 9));
        Refused(old).ShouldMatch($"^The TLS certificate in {old.Certificate} \\(CN=old\\) expired at .*; give --tls-cert \\(or PAIRUNI_TLS_CERT\\) a valid one of the CA in {old.Authority}\\.$");
        Refused(early).ShouldContain("(CN=early) is not valid before ");
    }

    [Fact]
    public void ACertificateOfAnotherAuthority_IsRefused()
    {
        var (one, other) = (_authority.Files(_folder.Path, "one"), _other.Files(_folder.Path, "other"));
        Refused(one with { Authority = other.Authority }).ShouldStartWith($"The TLS certificate in {one.Certificate} (CN=one) does not come from the cluster's CA (");
    }

    public void Dispose()
    {
        _authority.Dispose();
        _other.Dispose();
        _folder.Dispose();
    }

    private static string Refused(TlsFiles files) => Should.Throw<UserErrorException>(() => files.Read(TimeProvider.System)).Message;
}
