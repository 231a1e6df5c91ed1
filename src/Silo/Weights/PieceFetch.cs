using PairUni.Algorithms;
using PairUni.Contracts;
using PairUni.Grains;
using PairUni.Learner.Weights;

namespace PairUni.Silo;

/// <summary>Gets what a process lacks of one version, piece by piece, from whom the policy grain says; whatever arrives is served on at once.</summary>
/// <remarks>
/// <code>
///   lane 1..n:  next granted piece --> GET from its source --> verify --> (apply delta, verify) --> store
///                          |                                                                         |
///       PolicyGrain.Claim says where: held, wanted, failed sources --> grants                   served to peers
///
///   part     waits for                      unblocked by                             bound
///   claim    a source for a wanted piece    a peer's or the maker's grant            no piece at all for NoProgressLimit
///   get      the bytes of a piece           their arrival; a failure asks elsewhere  PieceLimit
/// </code>
/// </remarks>
internal sealed class PieceFetch(
    string run, WeightManifest manifest, IWeightStore store, IPolicyGrain policy, WeightClient client, WeightSharingOptions options, TimeProvider time)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan AfterFault = TimeSpan.FromMilliseconds(100);
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Lock _lock = new();
    private readonly Queue<PieceGrant> _granted = [];
    private readonly HashSet<string> _failed = new(StringComparer.Ordinal);
    private readonly ReadOnlyMemory<byte>[] _chunks = new ReadOnlyMemory<byte>[manifest.Chunks.Length];
    private readonly byte[] _held = WeightPieces.None(manifest);
    private readonly byte[] _wanted = WeightPieces.None(manifest);
    private readonly ReadOnlyMemory<byte>[] _bases = new ReadOnlyMemory<byte>[manifest.Deltas.Length];
    private int _missing;
    private long _progress;
    private string _reason = "nobody has sent a piece";

    /// <summary>What a process that wants nothing says of itself.</summary>
    public static ClaimPieces Announcement(WeightManifest manifest, byte[] held, WeightSharingOptions options) => new()
    {
        Version = manifest.Version,
        Digest = manifest.Digest,
        Holder = options.Address().ToString(),
        Held = held,
        Wanted = WeightPieces.None(manifest),
        MaxPieces = 0,
        Failed = [],
    };

    /// <summary>The pieces that a store has.</summary>
    public static async Task<byte[]> Held(IWeightStore store, WeightManifest manifest, CancellationToken cancellationToken)
    {
        var held = WeightPieces.None(manifest);
        for (var i = 0; i < WeightPieces.Count(manifest); i++)
        {
            if (await store.Get(WeightPieces.Of(manifest, i), cancellationToken) is not null) WeightPieces.Add(held, i);
        }

        return held;
    }

    /// <summary>Fetches.</summary>
    /// <exception cref="WeightsRejectedException">No piece arrived for too long, or the version is not kept any more.</exception>
    public async Task<WeightSnapshot> Run(CancellationToken cancellationToken)
    {
        await Start(cancellationToken);
        _progress = time.GetTimestamp();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var lanes = Enumerable.Range(0, options.MaxFetches).Select(_ => Lane(stop)).ToArray();
        try
        {
            await Task.WhenAll(lanes);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Another lane failed and stopped this one: its exception is the one that counts.
            throw lanes.First(l => l.IsFaulted).Exception!.InnerException!;
        }

        await policy.Claim(Announcement(manifest, _held, options), cancellationToken);
        return new(manifest, _chunks);
    }

    private async Task Start(CancellationToken cancellationToken)
    {
        var deltas = manifest.Deltas.Index().ToDictionary(d => d.Item.Chunk, d => d.Index);
        _missing = manifest.Chunks.Length;
        for (var i = 0; i < manifest.Chunks.Length; i++)
        {
            // Verified when it came into the store.
            if (await store.Get(manifest.Chunks[i], cancellationToken) is { } bytes)
            {
                Hold(i, bytes);
                continue;
            }

            var piece = i;
            if (deltas.TryGetValue(i, out var delta) && await store.Get(Base(delta), cancellationToken) is { } from)
                (_bases[delta], piece) = (from, manifest.Chunks.Length + delta);
            WeightPieces.Add(_wanted, piece);
        }
    }

    private WeightChunk Base(int delta) => new() { Hash = manifest.Deltas[delta].Base, Length = manifest.Chunks[manifest.Deltas[delta].Chunk].Length };

    private async Task Lane(CancellationTokenSource stop)
    {
        try
        {
            while (await Next(stop.Token) is { } grant) await Get(grant, stop.Token);
        }
        catch
        {
            await stop.CancelAsync();
            throw;
        }
    }

    private async Task<PieceGrant?> Next(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            for (var pause = ShortestPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
            {
                if (_granted.TryDequeue(out var grant)) return grant;
                if (time.GetElapsedTime(Interlocked.Read(ref _progress)) > options.NoProgressLimit)
                    throw new WeightsRejectedException($"version {manifest.Version} cannot be fetched: {_missing} of {manifest.Chunks.Length} chunks are missing and {_reason}");
                if (await Claim(cancellationToken)) return null;
                if (_granted.Count > 0) continue;
                await Task.Delay(pause, time, cancellationToken);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    // True when nothing is missing.
    private async Task<bool> Claim(CancellationToken cancellationToken)
    {
        ClaimPieces claim;
        lock (_lock)
        {
            if (_missing == 0) return true;
            claim = Announcement(manifest, [.. _held], options) with { Wanted = _wanted.ToArray(), MaxPieces = options.MaxPieces, Failed = [.. _failed] };
            _failed.Clear();
        }

        var answer = await policy.Claim(claim, cancellationToken);
        if (!answer.Known) throw new WeightsRejectedException($"version {manifest.Version} is not published any more");
        lock (_lock)
        {
            foreach (var grant in answer.Grants.Where(g => WeightPieces.Has(_wanted, g.Piece)))
            {
                WeightPieces.Remove(_wanted, grant.Piece);
                _granted.Enqueue(grant);
            }
        }

        return false;
    }

    private async Task Get(PieceGrant grant, CancellationToken cancellationToken)
    {
        var piece = WeightPieces.Of(manifest, grant.Piece);
        try
        {
            var bytes = await client.Get(grant.Source, run, piece, cancellationToken);
            await store.Put(piece, bytes, cancellationToken);
            var delta = grant.Piece - manifest.Chunks.Length;
            if (delta < 0) Hold(grant.Piece, bytes);
            else await Apply(delta, bytes, cancellationToken);
            Interlocked.Exchange(ref _progress, time.GetTimestamp());
        }
        catch (PieceUnavailableException fault)
        {
            lock (_lock)
            {
                _failed.Add(grant.Source);
                WeightPieces.Add(_wanted, grant.Piece);
                _reason = $"{grant.Source} did not deliver: {fault.Message}";
            }

            await Task.Delay(AfterFault, time, cancellationToken);
        }
    }

    private async Task Apply(int delta, ReadOnlyMemory<byte> update, CancellationToken cancellationToken)
    {
        var index = manifest.Deltas[delta].Chunk;
        var chunk = manifest.Chunks[index];
        var bytes = GC.AllocateUninitializedArray<byte>(chunk.Length);
        lock (_lock) WeightPieces.Add(_held, manifest.Chunks.Length + delta);
        try
        {
            SparseUpdate.Apply(_bases[delta].Span, update.Span, bytes);
            if (!WeightSnapshot.IsIntact(chunk, bytes)) throw new SparseUpdateException("does not make the chunk that it should");
        }
        catch (SparseUpdateException fault)
        {
            lock (_lock)
            {
                WeightPieces.Add(_wanted, index);
                _reason = fault.Message;
            }

            return;
        }

        await store.Put(chunk, bytes, cancellationToken);
        Hold(index, bytes);
    }

    private void Hold(int chunk, ReadOnlyMemory<byte> bytes)
    {
        lock (_lock)
        {
            _chunks[chunk] = bytes;
            WeightPieces.Add(_held, chunk);
            _missing--;
        }
    }
}
