using System.Collections.Concurrent;
using PairUni.Contracts;
using PairUni.Grains;

namespace PairUni.Cli.Bench;

/// <summary>Workers that take a given time for a group and make nothing of it: what is left is the time of everything around them.</summary>
/// <param name="lasts">How long a group is generated.</param>
/// <param name="time">The clock.</param>
internal sealed class StubEngines(Func<GroupKey, TimeSpan> lasts, TimeProvider time) : IRolloutEngines
{
    private readonly ConcurrentDictionary<WorkerKey, IRolloutEngine> _engines = new();

    public IRolloutEngine Of(WorkerKey worker) => _engines.GetOrAdd(worker, w => new Engine(w, lasts, time));

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
                Samples = [.. lease.Spec.Seeds.Select(_ => Sample(lease.Spec.MaxNewTokens))],
            };
        }

        private static GroupSample Sample(int tokens)
        {
            float[] logp = [.. Enumerable.Repeat(-1f, tokens)];
            return new()
            {
                Tokens = [.. Enumerable.Range(1, tokens)],
                LogpSampler = logp,
                LogpConditional = logp,
                LogpOld = logp,
                Finished = true,
                Text = "stub",
                Image = default,
            };
        }
    }
}
