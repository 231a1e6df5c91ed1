using System.Globalization;
using PairUni.Contracts;
using PairUni.Grains;

namespace PairUni.Cli.Bench.Scale;

/// <summary>A trainer that only takes time.</summary>
internal sealed class StubTrainer(TimeSpan length, TimeProvider time) : IPolicyTrainer
{
    private int _version;

    public Task<int> Restore(LearnerEpoch epoch, CancellationToken cancellationToken) => Task.FromResult(_version);

    public async Task<StepTrained> Train(TrainStep step, CancellationToken cancellationToken)
    {
        if (length > TimeSpan.Zero)
            await Task.Delay(length, time, cancellationToken);
        _version = step.Step;
        return new() { Step = step.Step, Version = step.Step, Metrics = [] };
    }

    public Task<WeightManifest> Publish(CancellationToken cancellationToken) => Task.FromResult(new WeightManifest
    {
        Version = _version,
        Chunks = [],
        Bytes = 0,
        ModelFingerprint = "",
        Digest = _version.ToString(CultureInfo.InvariantCulture),
    });

    public Task Checkpoint(int step, CancellationToken cancellationToken) => Task.CompletedTask;
}
