using PairUni.Contracts;
using PairUni.Grains;

namespace PairUni.Cli.Bench;

/// <summary>Workers that take a given time for a group and make nothing of it: what is left is the time of everything around them.</summary>
/// <param name="lasts">How long a group is generated.</param>
/// <param name="time">The clock.</param>
internal sealed class StubEngines(Func<GroupKey, TimeSpan> lasts, TimeProvider time) : IRolloutEngines
{
    public IRolloutEngine Of(WorkerKey worker) => new Engine(worker, lasts, time);

    private sealed class Engine(WorkerKey worker, Func<GroupKey, TimeSpan> lasts, TimeProvider time) : IRolloutEngine
    {
        public int PolicyVersion { get; private set; } = -1;

        public string PolicyDigest { get; private set; } = "";

        public Task Load(WeightManifest manifest, CancellationToken cancellationToken)
        {
            (PolicyVersion, PolicyDigest) = (manifest.Version, manifest.Digest);
            return Task.CompletedTask;
        }

        public async Task<GeneratedGroup> Generate(GroupLease lease, CancellationToken cancellationToken)
        {
            await Task.Delay(lasts(lease.Key), time, cancellationToken);
            return new()
            {
                Key = lease.Key,
                Worker = worker.ToString(),
                PolicyVersion = PolicyVersion,
                PolicyDigest = PolicyDigest,
                Samples = [.. lease.Spec.Seeds.Select(_ => Sample)],
            };
        }

        private static GroupSample Sample => new()
        {
            Tokens = [1],
            LogpSampler = [-1],
            LogpConditional = [-1],
            LogpOld = [-1],
            Finished = true,
            Text = "",
            Image = default,
        };
    }
}
