using PairUni.Contracts;
using PairUni.Grains;
using PairUni.Learner.Weights;

namespace PairUni.Silo;

/// <summary>
/// The weights of one run as a process of a cluster has them: what it publishes or has fetched is served to others. However many
/// workers of the process want a version, it is fetched once.
/// </summary>
public sealed class SharedWeights : IWeightSharing, IAsyncDisposable
{
    private readonly string _run;
    private readonly IPolicyGrain _policy;
    private readonly WeightClient _client;
    private readonly WeightSharingOptions _options;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _gone = new();
    private readonly List<WeightSnapshot> _published = [];
    private WeightSnapshot? _held;
    private Task _announcing = Task.CompletedTask;

    internal SharedWeights(
        string run, IPolicyGrain policy, IWeightStore store, WeightClient client, WeightSharingOptions options, TimeProvider time) =>
        (_run, _policy, Store, _client, _options, _time) = (run, policy, store, client, options, time);

    internal IWeightStore Store { get; }

    public async Task<WeightManifest> Publish(WeightSnapshot snapshot, CancellationToken cancellationToken)
    {
        var previous = _published.LastOrDefault(p => p.Manifest.Version < snapshot.Manifest.Version);
        var deltas = previous is null ? [] : await Task.Run(() => WeightDeltas.Between(previous, snapshot), cancellationToken);
        foreach (var (chunk, bytes) in snapshot.Manifest.Chunks.Zip(snapshot.Chunks)) await Store.Put(chunk, bytes, cancellationToken);
        foreach (var (delta, bytes) in deltas) await Store.Put(new() { Hash = delta.Hash, Length = delta.Length }, bytes, cancellationToken);
        var manifest = snapshot.Manifest with { Deltas = [.. deltas.Select(d => d.Delta)], Source = _options.Address().ToString() };
        _published.RemoveAll(p => p.Manifest.Version >= manifest.Version);
        _published.Add(snapshot with { Manifest = manifest });
        if (_published.Count > PolicyGrain.Kept) _published.RemoveAt(0);
        await Store.Keep([.. _published.Select(p => p.Manifest)], cancellationToken);
        return manifest;
    }

    public async Task<WeightSnapshot> Fetch(WeightManifest manifest, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_held is { } held && held.Manifest.Digest == manifest.Digest) return held with { Manifest = manifest };
            var snapshot = await new PieceFetch(_run, manifest, Store, _policy, _client, _options, _time).Run(cancellationToken);
            await Store.Keep([.. _published.Select(p => p.Manifest), manifest], cancellationToken);
            _held = snapshot;
            if (_announcing.IsCompleted) _announcing = Announce();
            return snapshot;
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        await _announcing;
    }

    // The grain keeps no record of holders: a new activation learns of this one here.
    private async Task Announce()
    {
        using var period = new PeriodicTimer(_options.AnnouncePeriod, _time);
        try
        {
            while (await period.WaitForNextTickAsync(_gone.Token))
            {
                if (_held is not { } held) continue;
                try
                {
                    await _policy.Claim(PieceFetch.Announcement(held.Manifest, await PieceFetch.Held(Store, held.Manifest, _gone.Token), _options), _gone.Token);
                }
                catch (Exception) when (!_gone.IsCancellationRequested)
                {
                    // The grain is between two silos, or the cluster is cut: peers ask the learner until the next time.
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }
}
