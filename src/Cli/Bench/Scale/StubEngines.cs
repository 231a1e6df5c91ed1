using System.Collections.Concurrent;
using PairUni.Contracts;
using PairUni.Grains;

namespace PairUni.Cli.Bench.Scale;

/// <summary>Engines that only take time.</summary>
/// <param name="length">How long a group takes.</param>
/// <param name="time">The clock.</param>
internal sealed class StubEngines(Func<GroupKey, TimeSpan> length, TimeProvider time) : IRolloutEngines
{
    private readonly ConcurrentDictionary<WorkerKey, IRolloutEngine> _engines = new();

    public IRolloutEngine Of(WorkerKey worker) => _engines.GetOrAdd(worker, w => new Engine(w, length, time));

    private sealed class Engine(WorkerKey worker, Func<GroupKey, TimeSpan> length, TimeProvider time) : IRolloutEngine
    {
        private static readonly int[] Tokens = [1, 2, 3, 4, 5, 6, 7, 8];
        private static readonly float[] Logp = [-1, -1, -1, -1, -1, -1, -1, -1];

        public int PolicyVersion { get; private set; } = -1;

        public string PolicyDigest { get; private set; } = "";

        public Task Load(WeightManifest manifest, CancellationToken cancellationToken)
        {
            (PolicyVersion, PolicyDigest) = (manifest.Version, manifest.Digest);
            return Task.CompletedTask;
        }

        public async Task<GeneratedGroup> Generate(GroupLease lease, CancellationToken cancellationToken)
        {
            await Task.Delay(length(lease.Key), time, cancellationToken);
            return new()
            {
                Key = lease.Key,
                Worker = worker.ToString(),
                PolicyVersion = PolicyVersion,
                PolicyDigest = PolicyDigest,
                Samples = [.. Enumerable.Range(0, StubRun.Samples).Select(_ => Sample())],
            };
        }

        private static GroupSample Sample() =>
            new() { Tokens = Tokens, LogpSampler = Logp, LogpConditional = Logp, Finished = true, Text = "stub", Image = default };
    }
}
