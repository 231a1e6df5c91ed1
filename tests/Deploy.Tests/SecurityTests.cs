using System.Text.Json.Nodes;

namespace PairUni.Deploy.Tests;

/// <summary>What no pod may do.</summary>
public sealed class SecurityTests
{
    public static TheoryData<string> Overlays => ["dev", "gpu", "tls"];

    [Theory]
    [MemberData(nameof(Overlays))]
    public void EveryPod_IsNobody_WithAReadOnlyRoot(string overlay)
    {
        foreach (var workload in Rendered.Overlay(overlay).Workloads)
        {
            var (pod, container) = (workload.Pod(), workload.Container());
            pod["securityContext"]!["runAsNonRoot"].Text().ShouldBe("true", workload.Name());
            ((int)pod["securityContext"]!["runAsUser"]!).ShouldBeGreaterThan(0);
            pod["securityContext"]!["seccompProfile"]!["type"].Text().ShouldBe("RuntimeDefault");
            pod["automountServiceAccountToken"].Text().ShouldBe("false");
            pod["enableServiceLinks"].Text().ShouldBe("false");
            container["securityContext"]!.ToJsonString().ShouldBe(
                """{"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"]},"readOnlyRootFilesystem":true}""", workload.Name());
        }
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void EveryContainer_SaysWhatItNeeds(string overlay)
    {
        foreach (var workload in Rendered.Overlay(overlay).Workloads)
        {
            var resources = workload.Container()["resources"]!;
            resources["requests"]!["cpu"].ShouldNotBeNull(workload.Name());
            resources["requests"]!["memory"].ShouldNotBeNull(workload.Name());
            resources["limits"]!["memory"].ShouldNotBeNull(workload.Name());
        }
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void NoSecret_IsWrittenDown(string overlay)
    {
        var rendered = Rendered.Overlay(overlay);
        rendered.OfKind("Secret").ShouldBeEmpty();
        foreach (var workload in rendered.Workloads)
        {
            foreach (var secret in Secrets(workload)) secret.ShouldBeOneOf("pairuni-cluster", overlay == "tls" ? "pairuni-tls" : "pairuni-cluster");
            Secrets(workload).ShouldNotBeEmpty(workload.Name());
        }
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void EveryMount_HasItsVolume(string overlay)
    {
        foreach (var workload in Rendered.Overlay(overlay).Workloads)
        {
            var volumes = (workload.Pod()["volumes"]?.AsArray() ?? []).Select(v => v!["name"].Text())
                .Concat((workload["spec"]!["volumeClaimTemplates"]?.AsArray() ?? []).Select(c => c!.Name()));
            workload.Container()["volumeMounts"]!.AsArray().Select(m => m!["name"].Text()).ShouldBe(volumes, ignoreOrder: true);
        }
    }

    private static List<string> Secrets(JsonNode workload) =>
    [
        .. (workload.Container()["env"]?.AsArray() ?? []).Select(e => e!["valueFrom"]?["secretKeyRef"]?["name"]).OfType<JsonNode>().Select(n => n.Text()),
        .. workload.Pod()["volumes"]!.AsArray().Select(v => v!["secret"]?["secretName"]).OfType<JsonNode>().Select(n => n.Text()),
    ];
}
