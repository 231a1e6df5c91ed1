using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using PairUni.Architecture.Tests;

namespace PairUni.Deploy.Tests;

/// <summary>An overlay of deploy/k8s as kubectl renders it, each object checked against its schema on the way.</summary>
internal sealed record Rendered(IReadOnlyList<JsonNode> Objects, string Faults)
{
    private static readonly ConcurrentDictionary<string, Lazy<Rendered>> Known = new(StringComparer.Ordinal);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public static Rendered Overlay(string name) => Known.GetOrAdd(name, n => new(() => Render(n))).Value;

    public IEnumerable<JsonNode> OfKind(string kind) => Objects.Where(o => o["kind"].Text() == kind);

    public JsonNode One(string kind, string name) => OfKind(kind).Single(o => o["metadata"]!["name"].Text() == name);

    /// <summary>Deployments, stateful sets and jobs.</summary>
    public IEnumerable<JsonNode> Workloads => Objects.Where(o => o["spec"]?["template"]?["spec"]?["containers"] is not null);

    /// <summary>The workloads that run silos.</summary>
    public IEnumerable<JsonNode> Silos => Workloads.Where(w => w.Container()["args"]?[0].Text() == "silo");

    private static Rendered Render(string overlay)
    {
        var check = Repository.Path("artifacts", "manifest-check");
        Directory.Exists(Path.Combine(check, "node_modules")).ShouldBeTrue("./pairuni test installs what the manifests are checked with");
        File.Copy(Repository.Path("deploy", "k8s", "check", "check.mjs"), Path.Combine(check, "check.mjs"), overwrite: true);
        var manifests = Run("kubectl", ["kustomize", Repository.Path("deploy", "k8s", "overlays", overlay)], "");
        manifests.Code.ShouldBe(0, manifests.Error);
        var objects = Run("node", [Path.Combine(check, "check.mjs")], manifests.Output);
        return new([.. objects.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!)], objects.Error);
    }

    private static (int Code, string Output, string Error) Run(string program, string[] arguments, string input)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.WaitForExit(Limit).ShouldBeTrue($"{program} did not end");
        return (process.ExitCode, output.Result, error.Result);
    }
}
