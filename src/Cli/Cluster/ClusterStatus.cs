using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using PairUni.Client;
using PairUni.Contracts;
using PairUni.Silo;

namespace PairUni.Cli.Cluster;

/// <summary>How a cluster stands.</summary>
/// <param name="Cluster">Its name.</param>
/// <param name="Engine">The engine of this command.</param>
/// <param name="Silos">Its processes, by name.</param>
/// <param name="Runs">Its runs, in the order of submission, with how those that go on stand.</param>
/// <param name="Drained">Workers and silos that were told to leave.</param>
internal sealed record ClusterStatus(string Cluster, string Engine, IReadOnlyList<SiloEntry> Silos, IReadOnlyList<RunLine> Runs, IReadOnlyList<string> Drained)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static async Task<ClusterStatus> Read(PairUniClient cluster, string name, CancellationToken cancellation)
    {
        var register = await cluster.Register(cancellation);
        var runs = new List<RunLine>();
        foreach (var run in register.Runs)
        {
            var status = run.Phase == RunPhase.Running ? await cluster.Run(run.Name).Status(cancellation) : null;
            runs.Add(new(run.Name, run.Attempt, run.Wish, run.Phase, run.Error, run.Submitted, status));
        }

        return new(name, ActorEngine.Name, register.Silos, runs, register.Drained);
    }

    public string ToJson() => JsonSerializer.Serialize(this, Json) + "\n";

    public string ToText()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"cluster {Cluster} on {string.Join(", ", Silos.Select(s => s.Engine).Append(Engine).Distinct())}: {Silos.Count} silos, {Runs.Count} runs");
        foreach (var silo in Silos)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  silo {silo.Name}  {string.Join(",", silo.Roles)}  {silo.Devices} workers  {silo.Address}  {silo.Http}");
            foreach (var trouble in silo.Troubles)
                text.AppendLine(CultureInfo.InvariantCulture, $"    no work for {trouble}");
            foreach (var worker in Drained.Where(d => d == silo.Name || d.StartsWith(silo.Name + "/", StringComparison.Ordinal)))
                text.AppendLine(CultureInfo.InvariantCulture, $"    {worker} was told to leave");
        }

        foreach (var run in Runs)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  run {run.Name}  {run.Word}{(run.Error.Length > 0 ? ": " + run.Error : "")}");
            if (run.Status is not { } status)
                continue;
            text.AppendLine(status is { Phase: RunPhase.Running, Version: 0, Open: 0, Leased: 0, Settled: 0 }
                ? string.Create(CultureInfo.InvariantCulture, $"    waits for the learner, which loads; {status.MaxSteps} steps")
                : string.Create(CultureInfo.InvariantCulture, $"    step {status.Version} of {status.MaxSteps}; {status.Open} groups open, {status.Leased} leased, {status.Settled} done"));
            if (status.Warning.Length > 0)
                text.AppendLine(CultureInfo.InvariantCulture, $"    warning: {status.Warning}");
            foreach (var worker in status.WorkerEntries)
                text.AppendLine(CultureInfo.InvariantCulture, $"    worker {worker.Worker}  {worker.Delivered} delivered, {worker.GroupsPerMinute:0.#} a minute, version {worker.PolicyVersion}{(worker.SetAside.Length > 0 ? "  set aside: " + worker.SetAside : "")}");
        }

        return text.ToString();
    }
}
