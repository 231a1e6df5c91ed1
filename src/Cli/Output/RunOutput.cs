using System.Buffers.Binary;
using System.Globalization;
using PairUni.Contracts;
using PairUni.Contracts.Options;
using PairUni.Silo;

namespace PairUni.Cli.Output;

/// <summary>Sends each step to everything that shows it: console line, metrics.jsonl, TensorBoard and samples.</summary>
internal sealed class RunOutput : IProgressSink, IDisposable
{
    private const int TensorBoardImages = 4;
    private readonly string _folder;
    private readonly RunOptions _options;
    private readonly RunConsole _console;
    private MetricsFile _metrics;
    private int _lastStep;
    private readonly TensorBoardEvents? _events;

    /// <param name="folder">The run's folder.</param>
    /// <param name="options">Its options.</param>
    /// <param name="doneStep">Steps that are done already when the run is resumed, else 0.</param>
    /// <param name="console">Where lines go.</param>
    /// <param name="time">Stamps TensorBoard's events.</param>
    public RunOutput(string folder, RunOptions options, int doneStep, RunConsole console, TimeProvider time)
    {
        (_folder, _options, _console) = (folder, options, console);
        _metrics = MetricsFile.Open(Path.Combine(folder, "metrics.jsonl"), doneStep);
        _lastStep = doneStep;
        if (options.Log.Tensorboard)
            _events = TensorBoardEvents.Create(Path.Combine(folder, "tb"), doneStep + 1, time);
    }

    /// <summary>Called with each finished step's number, for a progress bar.</summary>
    public Action<int> StepDone { get; set; } = _ => { };

    public void Restored(int step)
    {
        if (step == _lastStep)
            return;
        _metrics.Dispose();
        _metrics = MetricsFile.Open(Path.Combine(_folder, "metrics.jsonl"), step);
        _lastStep = step;
    }

    public void Step(StepTrained step, IReadOnlyList<OfferGroup> groups)
    {
        _metrics.Append(step.Step, step.Metrics);
        _lastStep = step.Step;
        _events?.Scalars(step.Step, MetricNames.Ordered(step.Metrics).Where(m => double.IsFinite(m.Value)));
        if (_options.Log.SamplesEvery > 0 && step.Step % _options.Log.SamplesEvery == 0)
            Samples(step.Step, groups);
        _console.Line(StepLine.Of(step.Step, _options.Learner.MaxSteps, step.Metrics));
        StepDone(step.Step);
    }

    public void Message(string sentence) => _console.Line(sentence);

    public void Dispose()
    {
        _metrics.Dispose();
        _events?.Dispose();
    }

    private void Samples(int step, IReadOnlyList<OfferGroup> groups)
    {
        SampleFolder.Write(_folder, step, groups);
        foreach (var group in groups.Where(g => g.Group.Key.Task == TaskKind.Generate).OrderBy(g => g.Group.Key).Take(TensorBoardImages))
        {
            if (group.Group.Samples is [var first, ..] && PngSize(first.Image.Span) is { } size)
                _events?.Image(step, "samples/" + group.Group.Key.Pair.ToString(CultureInfo.InvariantCulture), first.Image, size.Width, size.Height);
        }
    }

    // Width and height stand at bytes 16 and 20 of every PNG file.
    private static (int Width, int Height)? PngSize(ReadOnlySpan<byte> png) => png.Length < 24
        ? null
        : (BinaryPrimitives.ReadInt32BigEndian(png[16..]), BinaryPrimitives.ReadInt32BigEndian(png[20..]));
}
