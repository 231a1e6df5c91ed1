using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>Where a step's time went, in seconds.</summary>
public sealed class StepTimes(TimeProvider time)
{
    private long _opened;
    private long _training;
    private long _publishing;
    private double _wait;
    private double _step;
    private double _publish;

    /// <summary>The next step is open; ends the measurement of the last one.</summary>
    public void Opened()
    {
        var now = time.GetTimestamp();
        _wait = Seconds(_opened, _training);
        _publish = Seconds(_publishing, now);
        _step = Seconds(_opened, now);
        _opened = now;
    }

    /// <summary>The batch is complete.</summary>
    public void Training() => _training = time.GetTimestamp();

    /// <summary>The update is done.</summary>
    public void Publishing() => _publishing = time.GetTimestamp();

    /// <summary>Adds the times of the last step, and what was generated for it in each second of it, to its metrics.</summary>
    public StepTrained AddTo(StepTrained step, IReadOnlyList<OfferGroup> groups)
    {
        var samples = groups.SelectMany(g => g.Group.Samples.Select(s => (g.Group.Key.Task, s.Tokens.Length))).ToArray();
        var seconds = Math.Max(_step, 1e-9);
        return step with
        {
            Metrics = new(step.Metrics)
            {
                ["time/wait_for_batch"] = _wait,
                ["time/publish"] = _publish,
                ["time/step"] = _step,
                ["perf/tokens_per_second"] = samples.Sum(s => s.Length) / seconds,
                ["perf/images_per_second"] = samples.Count(s => s.Task == TaskKind.Generate) / seconds,
            },
        };
    }

    private double Seconds(long from, long to) => time.GetElapsedTime(from, to).TotalSeconds;
}
