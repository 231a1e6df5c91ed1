using Orleans;
using Orleans.Runtime;
using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>Version and manifests of the policy of the run that its key names, and who holds the pieces of each.</summary>
[KeepAlive]
public sealed class PolicyGrain(
    [PersistentState("policy", GrainStorage.Name)] IPersistentState<PolicyState> state, TimeProvider time) : Grain, IPolicyGrain
{
    /// <summary>Versions whose manifests are kept; weight stores keep the chunks of as many.</summary>
    public const int Kept = 3;

    // Not stored: every claim says again what its holder has.
    private readonly Dictionary<WeightManifest, PieceTracker> _trackers = new(ReferenceEqualityComparer.Instance);

    public async Task Publish(PolicyPublished published, CancellationToken cancellationToken)
    {
        var older = state.State.Recent.Where(p => p.Version < published.Version);
        state.State.Recent = [.. older.TakeLast(Kept - 1), published];
        foreach (var gone in _trackers.Keys.Except(state.State.Recent.Select(p => p.Manifest)).ToArray()) _trackers.Remove(gone);
        await state.WriteStateAsync();
    }

    public Task<PolicyPublished?> Current(CancellationToken cancellationToken) => Task.FromResult(state.State.Recent.LastOrDefault());

    public Task<WeightManifest?> Manifest(int version, CancellationToken cancellationToken) =>
        Task.FromResult(Array.Find(state.State.Recent, p => p.Version == version)?.Manifest);

    public Task<PiecesClaimed> Claim(ClaimPieces claim, CancellationToken cancellationToken)
    {
        var manifest = Array.Find(state.State.Recent, p => p.Version == claim.Version && p.Manifest.Digest == claim.Digest)?.Manifest;
        if (manifest is null) return Task.FromResult(new PiecesClaimed { Known = false, Grants = [] });
        if (!_trackers.TryGetValue(manifest, out var tracker)) _trackers.Add(manifest, tracker = new(manifest, time));
        return Task.FromResult(new PiecesClaimed { Known = true, Grants = tracker.Claim(claim) });
    }
}
