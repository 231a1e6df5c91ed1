using PairUni.Contracts;
using PairUni.Silo.Tests;

namespace PairUni.Client.Tests;

public sealed class ClusterTokenTests : IDisposable
{
    private const string Secret = "0123456789abcdef";
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void OnlyTheWholeToken_Matches()
    {
        var token = new ClusterToken(Secret, "a test");
        token.Matches(Secret).ShouldBeTrue();
        foreach (var other in new[] { null, "", Secret[..15], Secret + "0", Secret.ToUpperInvariant(), "é" }) token.Matches(other).ShouldBeFalse(other);
        token.ToString().ShouldNotContain(Secret);
    }

    [Fact]
    public void TheFile_ComesBeforeTheVariable_AndIsTrimmed()
    {
        File.WriteAllText(_folder["token"], $"{Secret}-of-the-file\n");
        var both = new Dictionary<string, string?> { [ClusterToken.FileVariable] = _folder["token"], [ClusterToken.Variable] = Secret };
        ClusterToken.FromEnvironment(both.GetValueOrDefault)!.Secret.ShouldBe($"{Secret}-of-the-file");
        both.Remove(ClusterToken.FileVariable);
        ClusterToken.FromEnvironment(both.GetValueOrDefault)!.Secret.ShouldBe(Secret);
        ClusterToken.FromEnvironment(_ => "").ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("0123456789 abcdef")]
    [InlineData("0123456789abcdefé")]
    public void WhatIsNoToken_IsRefused_WithoutBeingPrinted(string text)
    {
        File.WriteAllText(_folder["token"], text);
        var message = Should.Throw<UserErrorException>(() => ClusterToken.FromFile(_folder["token"])).Message;
        message.ShouldBe($"{_folder["token"]} holds no cluster token: it must be 16 to 256 printable characters without spaces; make one with: openssl rand -hex 32");
    }

    [Fact]
    public void AFileThatIsNotThere_IsNamed() =>
        Should.Throw<UserErrorException>(() => ClusterToken.FromFile(_folder["none"])).Message.ShouldContain(_folder["none"]);

    public void Dispose() => _folder.Dispose();
}
