using PairUni.Contracts;

namespace PairUni.Silo.Tests;

internal sealed class RecordingSink : IProgressSink
{
    private readonly Lock _lock = new();
    private readonly List<(StepTrained Step, IReadOnlyList<OfferGroup> Groups)> _steps = [];

    public IReadOnlyList<(StepTrained Step, IReadOnlyList<OfferGroup> Groups)> Steps
    {
        get
        {
            lock (_lock) return [.. _steps];
        }
    }

    public Action<StepTrained> OnStep { get; set; } = _ => { };

    /// <summary>All metrics that must not differ between two runs of one seed, one line a step.</summary>
    public string[] Curve => [.. Steps.Select(s => $"{s.Step.Step}: " + string.Join(' ', s.Step.Metrics
        .Where(m => !m.Key.StartsWith("time/", StringComparison.Ordinal) && !m.Key.StartsWith("perf/", StringComparison.Ordinal))
        .OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"{m.Key}={m.Value:R}")))];

    public void Restored(int step)
    {
    }

    public void Step(StepTrained step, IReadOnlyList<OfferGroup> groups)
    {
        lock (_lock) _steps.Add((step, groups));
        OnStep(step);
    }

    public void Message(string sentence)
    {
    }
}
