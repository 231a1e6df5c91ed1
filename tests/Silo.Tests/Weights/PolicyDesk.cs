using PairUni.Contracts;
using PairUni.Grains;

namespace PairUni.Silo.Tests;

/// <summary>A policy grain without an actor around it.</summary>
internal sealed class PolicyDesk : IPolicyGrain
{
    private readonly Lock _lock = new();
    private readonly Dictionary<WeightManifest, PieceTracker> _trackers = [];
    private PolicyPublished? _current;

    public List<ClaimPieces> Claims { get; } = [];

    public Task Publish(PolicyPublished published, CancellationToken cancellationToken)
    {
        lock (_lock) _trackers[(_current = published).Manifest] = new(published.Manifest, TimeProvider.System);
        return Task.CompletedTask;
    }

    public Task<PolicyPublished?> Current(CancellationToken cancellationToken) => Task.FromResult(_current);

    public Task<WeightManifest?> Manifest(int version, CancellationToken cancellationToken)
    {
        lock (_lock) return Task.FromResult(_trackers.Keys.FirstOrDefault(m => m.Version == version));
    }

    public Task<PiecesClaimed> Claim(ClaimPieces claim, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Claims.Add(claim);
            var tracker = _trackers.FirstOrDefault(t => t.Key.Version == claim.Version && t.Key.Digest == claim.Digest).Value;
            return Task.FromResult(new PiecesClaimed { Known = tracker is not null, Grants = tracker?.Claim(claim) ?? [] });
        }
    }
}
