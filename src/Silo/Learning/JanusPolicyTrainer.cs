using PairUni.Contracts;
using PairUni.Contracts.Options;
using PairUni.Grains;
using PairUni.Learner.Checkpoints;
using PairUni.Learner.Training;
using PairUni.Learner.Weights;
using PairUni.Modeling;
using PairUni.Modeling.Devices;
using PairUni.Modeling.Janus;
using static TorchSharp.torch;

namespace PairUni.Silo;

/// <summary>The Janus policy of the learner, its optimiser and its checkpoints, on a device thread of its own.</summary>
public sealed class JanusPolicyTrainer : IPolicyTrainer, IAsyncDisposable
{
    private readonly CheckpointFolder _checkpoints;
    private readonly IWeightSharing _weights;
    private readonly DeviceLoop _device;
    private readonly string _configHash;
    private RunOptions _options;
    private JanusPolicy? _policy;
    private PolicyLearner? _learner;
    private TrainGroups? _groups;
    private string _fingerprint = "";
    private long _epoch;
    private StepTrained? _last;

    /// <param name="options">The run's options.</param>
    /// <param name="checkpoints">Where checkpoints are.</param>
    /// <param name="weights">Where published weights go.</param>
    /// <param name="configHash">Identity of the configuration, for the checkpoints.</param>
    public JanusPolicyTrainer(RunOptions options, CheckpointFolder checkpoints, IWeightSharing weights, string configHash)
    {
        (_options, _checkpoints, _weights, _configHash) = (options, checkpoints, weights, configHash);
        _device = new("learner", ModelSource.Device(options.Model), options.Learner.Threads);
    }

    public Task<int> Restore(LearnerEpoch epoch, CancellationToken cancellationToken) => _device.Run(
        () =>
        {
            if (epoch.Number > _epoch + 1) Unload();
            _learner ??= Load(epoch.Committed);
            _epoch = epoch.Number;
            return _learner.Version;
        },
        cancellationToken);

    /// <summary>Goes by other settings from the next step on; those that no <see cref="RunChange"/> has must be the same.</summary>
    public Task Apply(LearnerOptions learner, CancellationToken cancellationToken) => _device.Run(
        () =>
        {
            _options = _options with { Learner = learner };
            if (_learner is null) return;
            _learner.Settings = LearnerSettingsMap.Of(_options);
            _groups = new(_policy!.Prompts, LearnerSettingsMap.PairWeighting(learner));
        },
        cancellationToken);

    public Task<StepTrained> Train(TrainStep step, CancellationToken cancellationToken) => _device.Run(() => Train(step), cancellationToken);

    public async Task<WeightManifest> Publish(CancellationToken cancellationToken)
    {
        var snapshot = await _device.Run(
            () => WeightSnapshot.Take(Learner.Trainable, Learner.Version, _fingerprint, PublishedDtype), cancellationToken);
        return await _weights.Publish(snapshot, cancellationToken);
    }

    public Task Checkpoint(int step, CancellationToken cancellationToken) => _device.Run(
        () =>
        {
            LearnerCheckpoint.Save(_checkpoints, Learner, new()
            {
                Step = step,
                Version = Learner.Version,
                Seed = (ulong)_options.Run.Seed,
                DataPosition = (long)step * _options.Learner.PairsPerStep,
                ConfigHash = _configHash,
            });
            _checkpoints.Prune(_options.Checkpoint.KeepLast, _options.Checkpoint.KeepEvery);
        },
        cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _device.DisposeAsync();
        _learner?.Dispose();
        _policy?.Dispose();
    }

    private PolicyLearner Learner => _learner ?? throw new InvalidOperationException("The policy is not loaded; restore it first.");

    private ScalarType PublishedDtype => ModelSource.Dtype(ModelSource.OfWorkers(_options));

    // A process that was replaced may have put "latest" back while it fell asleep: what was committed after that still counts.
    private string? Newest(int committed)
    {
        var (latest, known) = (_checkpoints.Latest(), _checkpoints.PathOf(Math.Max(0, committed)));
        return Directory.Exists(known) && string.CompareOrdinal(Path.GetFileName(known), Path.GetFileName(latest)) > 0 ? known : latest;
    }

    // Another learner trained in between: what this process has is of no use any more.
    private void Unload()
    {
        _learner?.Dispose();
        (_learner, _last) = (null, null);
    }

    private PolicyLearner Load(int committed)
    {
        try
        {
            _policy ??= ModelSource.Load(_options.Model);
        }
        catch (ModelFileException fault)
        {
            throw new UserErrorException(fault.Message, fault);
        }

        var learner = new PolicyLearner(_policy, LearnerSettingsMap.Of(_options));
        _checkpoints.Sweep();
        if (Newest(committed) is { } latest) LearnerCheckpoint.Open(latest).Restore(learner);
        _groups = new(_policy.Prompts, LearnerSettingsMap.PairWeighting(_options.Learner));
        _fingerprint = ModelFingerprint.Of(_policy.Model, PublishedDtype);
        return learner;
    }

    private StepTrained Train(TrainStep step)
    {
        if (_last?.Step == step.Step && Learner.Version == step.Step) return _last;
        if (step.Step != Learner.Version + 1)
            throw new InvalidOperationException($"Step {step.Step} cannot be trained at version {Learner.Version}.");
        var metrics = Learner.Step([.. step.Groups.Select(g => _groups!.Of(g, Learner.Version))]);
        return _last = new() { Step = step.Step, Version = Learner.Version, Metrics = new(metrics.Values) };
    }
}
