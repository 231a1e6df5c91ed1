namespace PairUni.Deploy.Tests;

/// <summary>Every object of every overlay against the schema of its kind.</summary>
public sealed class SchemaTests
{
    [Theory]
    [InlineData("dev", "HorizontalPodAutoscaler pairuni-rollout")]
    [InlineData("gpu", "ScaledObject pairuni-rollout", "PersistentVolumeClaim pairuni-models")]
    [InlineData("tls", "ScaledObject pairuni-rollout", "PersistentVolumeClaim pairuni-models", "NetworkPolicy pairuni-weights")]
    public void AnOverlay_FitsItsSchemas_AndHasAllItsParts(string overlay, params string[] own)
    {
        var rendered = Rendered.Overlay(overlay);

        rendered.Faults.ShouldBe("");
        rendered.Objects.Select(o => $"{o["kind"]} {o.Name()}").ShouldBe(
            [
                "Namespace pairuni", "ServiceAccount pairuni",
                "ConfigMap pairuni-redis", "StatefulSet pairuni-redis", "Service pairuni-redis",
                "PersistentVolumeClaim pairuni-runs",
                "StatefulSet pairuni-learner", "Service pairuni-learner", "PodDisruptionBudget pairuni-learner",
                "Deployment pairuni-reward", "Service pairuni-reward", "PodDisruptionBudget pairuni-reward",
                "Deployment pairuni-rollout", "Service pairuni-rollout", "PodDisruptionBudget pairuni-rollout",
                .. own,
                "NetworkPolicy pairuni-deny", "NetworkPolicy pairuni-dns", "NetworkPolicy pairuni-silos", "NetworkPolicy pairuni-clients", "NetworkPolicy pairuni-redis",
                "ConfigMap pairuni-run", "Job pairuni-submit",
            ],
            ignoreOrder: true);
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("gpu")]
    [InlineData("tls")]
    public void EveryObject_LiesInTheNamespace(string overlay) =>
        Rendered.Overlay(overlay).Objects.Where(o => o["kind"].Text() != "Namespace" && o["metadata"]!["namespace"].Text() != "pairuni").ShouldBeEmpty();
}
