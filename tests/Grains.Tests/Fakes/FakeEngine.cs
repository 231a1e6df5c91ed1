using PairUni.Contracts;

namespace PairUni.Grains.Tests;

/// <summary>Makes a group out of the spec's seeds and the weights' digest, so that equal work gives equal groups on any worker.</summary>
internal sealed class FakeEngine(WorkerKey worker) : IRolloutEngine
{
    public int PolicyVersion { get; private set; } = -1;

    public string PolicyDigest { get; private set; } = "";

    public Func<GroupLease, CancellationToken, Task> BeforeGenerate { get; set; } = (_, _) => Task.CompletedTask;

    public Func<WeightManifest, Task> BeforeLoad { get; set; } = _ => Task.CompletedTask;

    public async Task Load(WeightManifest manifest, CancellationToken cancellationToken)
    {
        await BeforeLoad(manifest);
        (PolicyVersion, PolicyDigest) = (manifest.Version, manifest.Digest);
    }

    public async Task<GeneratedGroup> Generate(GroupLease lease, CancellationToken cancellationToken)
    {
        await BeforeGenerate(lease, cancellationToken);
        return new()
        {
            Key = lease.Key,
            Worker = worker.ToString(),
            PolicyVersion = PolicyVersion,
            PolicyDigest = PolicyDigest,
            Samples = [.. lease.Spec.Seeds.Select(s => Specs.Sample((int)s + (PolicyDigest.Length * 1000)))],
        };
    }
}
