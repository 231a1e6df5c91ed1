using System.Text.Json.Nodes;

namespace PairUni.Deploy.Tests;

/// <summary>Short ways to what manifests hold.</summary>
internal static class Json
{
    public static string Text(this JsonNode? node) => node?.ToString() ?? "";

    public static JsonNode Pod(this JsonNode workload) => workload["spec"]!["template"]!["spec"]!;

    /// <summary>The one container of a workload.</summary>
    public static JsonNode Container(this JsonNode workload) => workload.Pod()["containers"]!.AsArray().ShouldHaveSingleItem()!;

    public static JsonNode Labels(this JsonNode workload) => workload["spec"]!["template"]!["metadata"]!["labels"]!;

    /// <summary>Names and values of a workload's environment; what comes from elsewhere has the source as JSON.</summary>
    public static Dictionary<string, string> Environment(this JsonNode workload) => (workload.Container()["env"]?.AsArray() ?? [])
        .ToDictionary(e => e!["name"].Text(), e => e!["value"]?.Text() ?? e["valueFrom"]!.ToJsonString());

    public static string Name(this JsonNode manifest) => manifest["metadata"]!["name"].Text();
}
