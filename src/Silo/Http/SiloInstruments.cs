using System.Diagnostics.Metrics;
using PairUni.Contracts;

namespace PairUni.Silo;

/// <summary>What a silo counts. Instruments of the meter "PairUni", so that any .NET listener sees them; <see cref="PrometheusText"/> prints them.</summary>
public sealed class SiloInstruments
{
    public const string MeterName = "PairUni";

    private const string ClusterWaiting =
        "Groups of open steps of all running runs that are not generated yet; a group counts until its worker delivers it, so that no worker at work is scaled away.";

    private readonly Counter<long> _groups;
    private readonly Counter<long> _tokens;
    private readonly Counter<long> _images;
    private readonly Counter<double> _seconds;
    private readonly Counter<long> _served;
    private readonly Counter<long> _fetched;
    private readonly Counter<long> _steps;
    private readonly Gauge<double> _metrics;
    private IReadOnlyList<RunFigures>? _runs;

    public SiloInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _groups = meter.CreateCounter<long>("pairuni.groups.generated", null, "Groups that this silo's workers generated.");
        _tokens = meter.CreateCounter<long>("pairuni.tokens.generated", null, "Tokens of those groups, image tokens included.");
        _images = meter.CreateCounter<long>("pairuni.images.generated", null, "Images of those groups.");
        _seconds = meter.CreateCounter<double>("pairuni.generation.time", "s", "Time that this silo's workers spent on generating.");
        _served = meter.CreateCounter<long>("pairuni.weights.served", "By", "Bytes of weights that this silo sent to others.");
        _fetched = meter.CreateCounter<long>("pairuni.weights.fetched", "By", "Bytes of weights that this silo got from others.");
        _steps = meter.CreateCounter<long>("pairuni.steps.trained", null, "Steps that this silo's learners trained.");
        _metrics = meter.CreateGauge<double>("pairuni.run.metric", null, "Metrics of the last step that was trained here, by their names in metrics.jsonl.");
        meter.CreateObservableGauge("pairuni.cluster.work.waiting", () => _runs is { } runs ? [new(runs.Sum(r => r.Waiting))] : Array.Empty<Measurement<int>>(), null, ClusterWaiting);
        Observe(meter, "pairuni.run.work.waiting", "Groups of open steps that are not generated yet: open and leased ones.", r => r.Waiting);
        Observe(meter, "pairuni.run.groups.open", "Groups that nobody works on.", r => r.Status.Open);
        Observe(meter, "pairuni.run.leases", "Groups that workers hold.", r => r.Status.Leased);
        Observe(meter, "pairuni.run.groups.settled", "Groups of open steps that are held for training or dropped.", r => r.Status.Settled);
        Observe(meter, "pairuni.run.workers", "Workers that are at work or asked lately.", r => r.Status.Workers.Length);
        Observe(meter, "pairuni.run.steps", "Steps done.", r => r.Status.Version);
        Observe(meter, "pairuni.run.max_steps", "Steps of the run.", r => r.Status.MaxSteps);
    }

    /// <summary>The running runs as they stand; those that are absent are no longer told of. Null when it is not known.</summary>
    public void RunsStand(IReadOnlyList<RunFigures>? runs) => _runs = runs;

    /// <summary>A worker made a group.</summary>
    public void GroupGenerated(GeneratedGroup group, TimeSpan took)
    {
        var task = new KeyValuePair<string, object?>("task", group.Key.Task == TaskKind.Generate ? "generate" : "understand");
        _groups.Add(1, task);
        _tokens.Add(group.Samples.Sum(s => (long)s.Tokens.Length), task);
        _images.Add(group.Samples.Count(s => s.Image.Length > 0));
        _seconds.Add(took.TotalSeconds, task);
    }

    /// <summary>Bytes of weights went to another process.</summary>
    public void WeightsServed(long bytes) => _served.Add(bytes);

    /// <summary>Bytes of weights came from another process.</summary>
    public void WeightsFetched(long bytes) => _fetched.Add(bytes);

    /// <summary>A learner trained a step of a run.</summary>
    public void StepTrained(string run, StepTrained step)
    {
        _steps.Add(1, Run(run));
        foreach (var (name, value) in step.Metrics) _metrics.Record(value, Run(run), new("metric", name));
    }

    private void Observe(Meter meter, string name, string description, Func<RunFigures, int> value) =>
        meter.CreateObservableGauge(name, () => (_runs ?? []).Select(r => new Measurement<int>(value(r), Run(r.Run))), null, description);

    private static KeyValuePair<string, object?> Run(string name) => new("run", name);
}
