using PairUni.Contracts;
using PairUni.Contracts.Options;
using PairUni.Grains;
using PairUni.Learner.Weights;
using PairUni.Modeling.Devices;
using PairUni.Modeling.Images;
using PairUni.Modeling.Janus;
using PairUni.Modeling.Sampling;

namespace PairUni.Silo;

/// <summary>Generates groups with a copy of the policy on a device thread of its own.</summary>
public sealed class JanusRolloutEngine : IRolloutEngine, IAsyncDisposable
{
    private readonly WorkerKey _worker;
    private readonly ModelOptions _model;
    private readonly IWeightSharing _weights;
    private readonly DeviceLoop _device;
    private JanusPolicy? _policy;

    public JanusRolloutEngine(WorkerKey worker, RunOptions options, IWeightSharing weights)
    {
        (_worker, _model, _weights) = (worker, ModelSource.OfWorkers(options), weights);
        _device = new($"rollout {worker}", ModelSource.Device(options.Model), options.Rollout.Threads);
    }

    public int PolicyVersion { get; private set; } = -1;

    public string PolicyDigest { get; private set; } = "";

    public async Task Load(WeightManifest manifest, CancellationToken cancellationToken)
    {
        (PolicyVersion, PolicyDigest) = (-1, "");
        var snapshot = await _weights.Fetch(manifest, cancellationToken);
        try
        {
            await _device.Run(() => snapshot.ApplyTo((_policy ??= ModelSource.Load(_model)).Model), cancellationToken);
        }
        catch (WeightsUnverifiedException fault)
        {
            throw new WeightsRejectedException(fault.Message);
        }

        (PolicyVersion, PolicyDigest) = (manifest.Version, manifest.Digest);
    }

    public async Task<GeneratedGroup> Generate(GroupLease lease, CancellationToken cancellationToken)
    {
        if (PolicyVersion < 0 || _policy is not { } policy)
            throw new WeightsRejectedException($"{_worker} holds no verified weights");
        var samples = await _device.Run(
            () => lease.Key.Task == TaskKind.Generate ? Images(policy, lease.Spec) : Answers(policy, lease.Spec), cancellationToken);
        return new() { Key = lease.Key, Worker = _worker.ToString(), PolicyVersion = PolicyVersion, Samples = samples, PolicyDigest = PolicyDigest };
    }

    public async ValueTask DisposeAsync()
    {
        await _device.DisposeAsync();
        _policy?.Dispose();
    }

    private static GroupSample[] Images(JanusPolicy policy, GroupSpec spec)
    {
        var drawn = ImageSampler.Sample(
            policy, spec.Prompt, spec.Seeds, new() { Temperature = spec.Temperature, CfgWeight = spec.CfgWeight });
        var old = spec.TeacherForced ? TrainerView.OfImages(policy, spec, drawn.Tokens) : null;
        return [.. drawn.Tokens.Select((tokens, i) => new GroupSample
        {
            Tokens = tokens,
            LogpSampler = drawn.LogpSampler[i],
            LogpConditional = drawn.LogpConditional[i],
            LogpOld = old?[i],
            Finished = true,
            Text = "",
            Image = drawn.Images[i].EncodePng(),
        })];
    }

    private static GroupSample[] Answers(JanusPolicy policy, GroupSpec spec)
    {
        var image = RgbImage.Decode(spec.Image.Span);
        var drawn = TextSampler.Sample(
            policy, image, spec.Question, spec.Seeds, new() { Temperature = spec.Temperature, MaxNewTokens = spec.MaxNewTokens });
        var old = spec.TeacherForced ? TrainerView.OfAnswers(policy, spec, image, drawn.Tokens) : null;
        return [.. drawn.Tokens.Select((tokens, i) => new GroupSample
        {
            Tokens = tokens,
            LogpSampler = drawn.Logp[i],
            LogpConditional = drawn.Logp[i],
            LogpOld = old?[i],
            Finished = drawn.Finished[i],
            Text = drawn.Texts[i],
            Image = default,
        })];
    }
}
