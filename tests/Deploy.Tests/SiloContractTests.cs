using System.Globalization;
using System.Text.Json.Nodes;
using PairUni.Client;
using PairUni.Silo;

namespace PairUni.Deploy.Tests;

/// <summary>What the manifests say to a silo, against what a silo uses.</summary>
public sealed class SiloContractTests
{
    public static TheoryData<string> Overlays => ["dev", "gpu", "tls"];

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Ports_AreTheSilos(string overlay)
    {
        foreach (var silo in Rendered.Overlay(overlay).Silos)
        {
            silo.Container()["ports"]!.AsArray().Select(p => (p!["name"].Text(), (int)p["containerPort"]!)).ShouldBe(
                [("silo", ClusterPorts.Silo), ("gateway", ClusterPorts.Gateway), ("http", ClusterPorts.Http), .. WithTls(overlay, ("weights", ClusterPorts.Weights))], ignoreOrder: true);
        }
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Probes_AskTheSilosPaths(string overlay)
    {
        foreach (var silo in Rendered.Overlay(overlay).Silos)
        {
            var probes = new[] { "startupProbe", "readinessProbe", "livenessProbe" }.Select(p => silo.Container()[p]!["httpGet"]!).ToList();
            probes.Select(p => p["path"].Text()).ShouldBe([HttpPaths.Startup, HttpPaths.Ready, HttpPaths.Live]);
            probes.Select(p => p["port"].Text()).ShouldAllBe(p => p == "http");
        }
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void EnvironmentVariables_AreThoseThatASiloReads(string overlay)
    {
        foreach (var silo in Rendered.Overlay(overlay).Silos)
        {
            var environment = silo.Environment();
            environment.Keys.ShouldBe(
                [
                    ClusterVariables.Roles, ClusterVariables.SiloName, ClusterVariables.PodIp, ClusterVariables.Redis, ClusterVariables.RedisPassword,
                    ClusterToken.FileVariable, ClusterVariables.GraceSeconds,
                    .. WithTls(overlay, TlsFiles.CertificateVariable, TlsFiles.KeyVariable, TlsFiles.AuthorityVariable),
                ],
                ignoreOrder: true);
            environment[ClusterVariables.PodIp].ShouldBe("""{"fieldRef":{"fieldPath":"status.podIP"}}""");
            environment[ClusterVariables.SiloName].ShouldBe("""{"fieldRef":{"fieldPath":"metadata.name"}}""");
            MountOf(silo, environment[ClusterToken.FileVariable])["name"].Text().ShouldBe("token");
        }
    }

    [Fact]
    public void EverybodyOfTheTlsOverlay_HasItsFiles()
    {
        foreach (var workload in Rendered.Overlay("tls").Silos.Append(Rendered.Overlay("tls").One("Job", "pairuni-submit")))
        {
            var environment = workload.Environment();
            var files = new[] { TlsFiles.CertificateVariable, TlsFiles.KeyVariable, TlsFiles.AuthorityVariable }.Select(v => environment[v]).ToList();
            files.Select(Path.GetFileName).ShouldBe(["tls.crt", "tls.key", "ca.crt"]);
            foreach (var file in files) MountOf(workload, file)["name"].Text().ShouldBe("tls");
            workload.Pod()["volumes"]!.AsArray().Single(v => v!["name"].Text() == "tls")!["secret"]!["secretName"].Text().ShouldBe("pairuni-tls");
        }
    }

    [Fact]
    public void TheTlsOverlay_LetsSilosReachEachOthersWeights()
    {
        var policy = Rendered.Overlay("tls").One("NetworkPolicy", "pairuni-weights");
        Ports(policy, "ingress").ShouldBe([ClusterPorts.Weights]);
        Ports(policy, "egress").ShouldBe([ClusterPorts.Weights]);
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void OnlyLearners_AreToldWhereRunsAre(string overlay)
    {
        foreach (var silo in Rendered.Overlay(overlay).Silos)
        {
            string[] expected = silo.Name() == "pairuni-learner" ? ["silo", "--out", "/var/lib/pairuni/runs"] : ["silo"];
            silo.Container()["args"]!.AsArray().Select(a => a.Text()).ShouldBe(expected);
        }

        MountOf(Rendered.Overlay(overlay).One("StatefulSet", "pairuni-learner"), "/var/lib/pairuni/runs/x")["name"].Text().ShouldBe("runs");
    }

    [Fact]
    public void EverySiloOfTheGpuOverlay_FindsTheRunsModel()
    {
        var run = Rendered.Overlay("gpu").One("ConfigMap", "pairuni-run")["data"]!["run.yaml"].Text();
        run.ShouldContain("path: /var/lib/pairuni/models/Janus-Pro-1B\n");
        foreach (var silo in Rendered.Overlay("gpu").Silos) MountOf(silo, "/var/lib/pairuni/models/Janus-Pro-1B")["name"].Text().ShouldBe("models");
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void EveryRole_HasItsSilos(string overlay) =>
        Rendered.Overlay(overlay).Silos.Select(s => s.Environment()[ClusterVariables.Roles]).ShouldBe(["learner", "reward", "rollout"], ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Overlays))]
    public void OnlyLearners_HaveTheRunsVolume(string overlay) =>
        Rendered.Overlay(overlay).Workloads.Where(w => w.Pod()["volumes"]!.AsArray().Any(v => v!["persistentVolumeClaim"]?["claimName"].Text() == "pairuni-runs"))
            .Select(w => w.Name()).ShouldBe(["pairuni-learner"]);

    [Theory]
    [MemberData(nameof(Overlays))]
    public void APodIsKilled_OnlyAfterItsDrainHadItsTime(string overlay)
    {
        foreach (var silo in Rendered.Overlay(overlay).Silos)
        {
            var grace = int.Parse(silo.Environment()[ClusterVariables.GraceSeconds], CultureInfo.InvariantCulture);
            ((int)silo.Pod()["terminationGracePeriodSeconds"]!).ShouldBeGreaterThanOrEqualTo(grace + 15);
        }
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Services_ReachThePortsOfTheirPods(string overlay)
    {
        foreach (var service in Rendered.Overlay(overlay).OfKind("Service"))
        {
            var workload = Rendered.Overlay(overlay).Workloads.Single(w => w.Labels().ToJsonString().Contains($"\"{service["spec"]!["selector"]!["app.kubernetes.io/name"]}\"", StringComparison.Ordinal));
            var named = workload.Container()["ports"]!.AsArray().ToDictionary(p => p!["name"].Text(), p => (int)p!["containerPort"]!);
            foreach (var port in service["spec"]!["ports"]!.AsArray())
                named[port!["targetPort"].Text()].ShouldBe((int)port["port"]!);
        }
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void NetworkPolicies_NameThePortsThatAreUsed(string overlay)
    {
        var policies = Rendered.Overlay(overlay).OfKind("NetworkPolicy").ToDictionary(p => p.Name());
        policies["pairuni-deny"]["spec"]!.ToJsonString().ShouldBe("""{"podSelector":{},"policyTypes":["Ingress","Egress"]}""");
        Ports(policies["pairuni-silos"], "ingress").ShouldBe([ClusterPorts.Silo, ClusterPorts.Gateway, ClusterPorts.Http], ignoreOrder: true);
        Ports(policies["pairuni-silos"], "egress").ShouldBe([ClusterPorts.Silo, ClusterPorts.Gateway, ClusterPorts.Http, 6379], ignoreOrder: true);
        Ports(policies["pairuni-clients"], "egress").ShouldBe([ClusterPorts.Gateway, 6379], ignoreOrder: true);
        Ports(policies["pairuni-redis"], "ingress").ShouldBe([6379]);

        foreach (var silo in Rendered.Overlay(overlay).Silos) silo.Labels()["pairuni/silo"].Text().ShouldBe("true");
        Rendered.Overlay(overlay).One("Job", "pairuni-submit").Labels()["pairuni/client"].Text().ShouldBe("true");
    }

    [Fact]
    public void Keda_ScalesOnAFigureThatLearnersShow()
    {
        var trigger = Rendered.Overlay("gpu").One("ScaledObject", "pairuni-rollout")["spec"]!["triggers"]!.AsArray().ShouldHaveSingleItem()!;
        var metadata = trigger["metadata"]!;

        metadata["url"].Text().ShouldBe($"http://pairuni-learner.pairuni.svc:{ClusterPorts.Http}{HttpPaths.Metrics}");
        metadata["format"].Text().ShouldBe("prometheus");
        ShownMetrics.Names().ShouldContain(metadata["valueLocation"].Text());
    }

    [Theory]
    [InlineData("dev", "HorizontalPodAutoscaler")]
    [InlineData("gpu", "ScaledObject")]
    public void TheAutoscaler_AloneSetsTheNumberOfWorkers(string overlay, string autoscaler)
    {
        var rendered = Rendered.Overlay(overlay);
        rendered.One(autoscaler, "pairuni-rollout")["spec"]!["scaleTargetRef"]!["name"].Text().ShouldBe("pairuni-rollout");
        rendered.One("Deployment", "pairuni-rollout")["spec"]!["replicas"].ShouldBeNull();
    }

    private static T[] WithTls<T>(string overlay, params T[] more) => overlay == "tls" ? more : [];

    private static JsonNode MountOf(JsonNode workload, string path) =>
        workload.Container()["volumeMounts"]!.AsArray().Single(m => path.StartsWith(m!["mountPath"].Text() + "/", StringComparison.Ordinal))!;

    private static IEnumerable<int> Ports(JsonNode policy, string direction) =>
        policy["spec"]![direction]!.AsArray().SelectMany(rule => rule!["ports"]!.AsArray()).Select(p => (int)p!["port"]!).Distinct();
}
