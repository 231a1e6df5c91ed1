using System.Globalization;
using PairUni.Contracts;
using PairUni.Grains;

namespace PairUni.Cli.Bench;

/// <summary>A trainer that takes a given time for a step and has no weights.</summary>
/// <param name="lasts">How long a step is trained.</param>
/// <param name="time">The clock.</param>
internal sealed class StubTrainer(TimeSpan lasts, TimeProvider time) : IPolicyTrainer
{
    private int _version;

    public Task<int> Restore(LearnerEpoch epoch, CancellationToken cancellationToken) => Task.FromResult(_version);

    public async Task<StepTrained> Train(TrainStep step, CancellationToken cancellationToken)
    {
        if (lasts > TimeSpan.Zero)
            await Task.Delay(lasts, time, cancellationToken);
        _version = step.Step;
        return new() { Step = step.Step, Version = step.Step, Metrics = [] };
    }

    public Task<WeightManifest> Publish(CancellationToken cancellationToken) => Task.FromResult(new WeightManifest
    {
        Version = _version,
        Chunks = [],
        Bytes = 0,
        ModelFingerprint = "stub",
        Digest = _version.ToString(CultureInfo.InvariantCulture),
    });

    public Task Checkpoint(int step, CancellationToken cancellationToken) => Task.CompletedTask;
}
