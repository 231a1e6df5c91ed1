using PairUni.Contracts;

namespace PairUni.Grains.Tests;

/// <summary>A "model" that is the text of all that it was trained on; <see cref="Committed"/> survives like a checkpoint does.</summary>
internal sealed class FakeTrainer(FakeTrainer.Disk disk) : IPolicyTrainer
{
    private string? _model;
    private int _version;

    public List<TrainStep> Steps { get; } = [];

    public string Model => _model ?? "";

    public Func<TrainStep, Task> BeforeTrain { get; set; } = _ => Task.CompletedTask;

    public Func<int, Task> BeforeCheckpoint { get; set; } = _ => Task.CompletedTask;

    public Task<int> Restore(LearnerEpoch epoch, CancellationToken cancellationToken)
    {
        if (_model is null) (_version, _model) = (disk.Version, disk.Model);
        return Task.FromResult(_version);
    }

    public async Task<StepTrained> Train(TrainStep step, CancellationToken cancellationToken)
    {
        await BeforeTrain(step);
        step.Step.ShouldBe(_version + 1);
        Steps.Add(step);
        _version++;
        _model += string.Concat(step.Groups.Select(g => $"|{g.Group.Key}:{string.Join(',', g.Group.Samples.Select(s => s.Tokens[0]))}:{string.Join(',', g.Score.Rewards)}"));
        return new() { Step = step.Step, Version = _version, Metrics = new() { ["reward/mean"] = step.Groups.Count } };
    }

    public Task<WeightManifest> Publish(CancellationToken cancellationToken) => Task.FromResult(new WeightManifest
    {
        Version = _version,
        Chunks = [],
        Bytes = 0,
        ModelFingerprint = "fake",
        Digest = $"{_model!.Length}",
    });

    public async Task Checkpoint(int step, CancellationToken cancellationToken)
    {
        await BeforeCheckpoint(step);
        step.ShouldBe(_version);
        (disk.Version, disk.Model) = (_version, _model!);
    }

    internal sealed class Disk
    {
        public int Version { get; set; }

        public string Model { get; set; } = "";
    }
}
