using System.Text.Json.Nodes;
using PairUni.Architecture.Tests;
using PairUni.Silo;

namespace PairUni.Deploy.Tests;

/// <summary>The image's recipe: it cannot be built in a test, but what it names can be looked for.</summary>
public sealed class DockerfileTests
{
    private static readonly string[] Lines = File.ReadAllText(Repository.Path("deploy", "docker", "Dockerfile"))
        .Replace("\\\n", " ", StringComparison.Ordinal).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string> Copied => Of("COPY").Where(c => !c.StartsWith("--from", StringComparison.Ordinal)).SelectMany(c => c.Split(' ')[..^1]);

    [Fact]
    public void WhatItCopies_IsInTheCheckout()
    {
        Copied.ShouldContain("src");
        foreach (var path in Copied) Path.Exists(Repository.Path(path)).ShouldBeTrue(path);
    }

    [Fact]
    public void WhatItCopies_IsSentToTheBuilder_AndNothingElse() =>
        File.ReadAllLines(Repository.Path(".dockerignore")).Where(l => l.StartsWith('!')).Select(l => l[1..]).ShouldBe(Copied, ignoreOrder: true);

    [Fact]
    public void ItIsBuiltOnTheRealPackages()
    {
        Of("ENV")[0].ShouldStartWith("PairUniPackages=nuget PairUniTorch=${PAIRUNI_TORCH} ");
        Of("ARG").ShouldBe(["PAIRUNI_TORCH=cpu"]);
        File.ReadAllText(Repository.Path("Directory.Build.targets")).ShouldContain("'$(PairUniTorch)' == 'cuda'");
        var published = Of("RUN").Single(r => r.Contains("dotnet publish", StringComparison.Ordinal)).Split(' ').Single(w => w.EndsWith(".csproj", StringComparison.Ordinal));
        File.Exists(Repository.Path(published)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("gpu")]
    [InlineData("tls")]
    public void ItsUserAndPorts_AreThePods(string overlay)
    {
        Of("EXPOSE").ShouldBe([$"{ClusterPorts.Silo} {ClusterPorts.Gateway} {ClusterPorts.Http} {ClusterPorts.Weights}"]);
        foreach (var silo in Rendered.Overlay(overlay).Silos)
        {
            var context = silo.Pod()["securityContext"]!;
            Of("USER").ShouldBe([$"{context["runAsUser"]}:{context["runAsGroup"]}"]);
        }
    }

    [Fact]
    public void TheTagsOfTheOverlays_AreThoseThatItsFirstLinesBuild()
    {
        var version = Rendered.Overlay("dev").One("Deployment", "pairuni-rollout").Container()["image"].Text();
        version.ShouldBe("pairuni:0.1.0-cpu");
        Rendered.Overlay("gpu").One("Job", "pairuni-submit").Container()["image"].Text().ShouldBe("pairuni:0.1.0-cuda");
        Lines.ShouldContain(l => l.StartsWith('#') && l.Contains($"-t {version} ", StringComparison.Ordinal));
        Lines.ShouldContain(l => l.StartsWith('#') && l.Contains("-t pairuni:0.1.0-cuda --build-arg PAIRUNI_TORCH=cuda", StringComparison.Ordinal));
    }

    [Fact]
    public void ItStartsTheCommand() => JsonNode.Parse(Of("ENTRYPOINT").Single())!.AsArray().ShouldHaveSingleItem().Text().ShouldBe("/opt/pairuni/bin/pairuni");

    private static List<string> Of(string instruction) =>
        [.. Lines.Where(l => l.StartsWith(instruction + " ", StringComparison.Ordinal)).Select(l => string.Join(' ', l[(instruction.Length + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)))];
}
