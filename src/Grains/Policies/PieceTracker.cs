using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>
/// Who holds which pieces of one version, and who gets which from whom. The process that made the version sends each piece once, to
/// whoever asks first; everybody else gets it from those who have it by then, the least busy first. Nothing here is worth keeping: each
/// claim says again what the claimant holds.
/// </summary>
/// <remarks>
/// <code>
///   maker --each piece once--> first claimant --\
///                                                >-- peers, least busy first --> other claimants, later joiners
///         --again only if nobody got it in time-/
/// </code>
/// Bounds: holders, pieces on their way from one source, pieces of one claim, the time a piece may take, the time a holder may be silent.
/// </remarks>
public sealed class PieceTracker(WeightManifest manifest, TimeProvider time)
{
    /// <summary>Processes that are known at once; further ones wait until one of them falls silent.</summary>
    public const int MaxHolders = 4096;

    /// <summary>Pieces granted in one claim.</summary>
    public const int MaxGrants = 64;

    /// <summary>Pieces on their way from one source at once.</summary>
    public const int MaxSending = 32;

    private const int MaxCompared = 16;

    /// <summary>Time after which a granted piece that did not arrive is granted again.</summary>
    public static readonly TimeSpan GrantLimit = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Time without a claim after which a claimant counts as gone for those who wait for the pieces that it was granted: 2 s. A worker
    /// that is killed in the middle of a fetch must not hold up the others for as long as a slow one may take.
    /// </summary>
    public static readonly TimeSpan QuietLimit = TimeSpan.FromSeconds(2);

    /// <summary>Time without a claim after which a holder is forgotten.</summary>
    public static readonly TimeSpan SilenceLimit = TimeSpan.FromSeconds(90);

    /// <summary>Time for which a holder that failed somebody is left alone.</summary>
    public static readonly TimeSpan AvoidTime = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, PieceHolder> _holders = new(StringComparer.Ordinal);
    private readonly List<PieceHolder> _order = [];
    private readonly Dictionary<int, string> _fromMaker = [];
    private readonly PieceHolder _maker = new(manifest.Source);
    private DateTimeOffset _swept;
    private int _turn;

    /// <summary>Processes that are known to serve pieces, the maker aside.</summary>
    public int Holders => _order.Count;

    /// <summary>Notes what the claimant holds and grants it some of what it wants.</summary>
    public PieceGrant[] Claim(ClaimPieces claim)
    {
        var now = time.GetUtcNow();
        Sweep(now);
        foreach (var address in claim.Failed)
        {
            if (_holders.TryGetValue(address, out var failed)) failed.AvoidedUntil = now + AvoidTime;
        }

        var claimant = Note(claim, now);
        var max = Math.Min(claim.MaxPieces, MaxGrants);
        return claimant is null || max <= 0 ? [] : Grant(claimant, claim, max, now);
    }

    private PieceHolder? Note(ClaimPieces claim, DateTimeOffset now)
    {
        if (claim.Holder == manifest.Source) return null;
        if (!_holders.TryGetValue(claim.Holder, out var holder))
        {
            if (_order.Count == MaxHolders) return null;
            _holders.Add(claim.Holder, holder = new(claim.Holder));
            _order.Add(holder);
        }

        (holder.Held, holder.Seen) = (claim.Held.ToArray(), now);
        // What arrived, and what is wanted again as it failed, is no longer on its way.
        foreach (var piece in holder.Expected.Keys.Where(p => WeightPieces.Has(holder.Held, p) || WeightPieces.Has(claim.Wanted.Span, p)).ToArray())
            Forget(holder, piece);
        return holder;
    }

    private PieceGrant[] Grant(PieceHolder claimant, ClaimPieces claim, int max, DateTimeOffset now)
    {
        var wanted = claim.Wanted.Span;
        var count = WeightPieces.Count(manifest);
        var (fresh, known) = (new List<int>(), new List<int>());
        // Each claim starts elsewhere, so that neighbours soon have different pieces for each other.
        var start = count == 0 ? 0 : (int)((uint)_turn++ * 2654435761u % (uint)count);
        for (var i = 0; i < count && (fresh.Count < max || known.Count < max); i++)
        {
            var piece = (start + i) % count;
            if (!WeightPieces.Has(wanted, piece)) continue;
            var (anybody, peer) = Peer(claimant, piece, now);
            if (peer is not null)
            {
                if (known.Count < max) known.Add(piece);
            }
            else if (!anybody && fresh.Count < max && !_fromMaker.ContainsKey(piece))
            {
                fresh.Add(piece);
            }
        }

        // With nothing else to do, it takes over what somebody was to get who says nothing any more.
        if (fresh.Count + known.Count == 0) fresh.AddRange(Abandoned(claimant, wanted, now).Take(max));

        // Half from the maker as long as it has something new: then all its pieces are out early, and peers are never idle.
        var room = Math.Max(0, MaxSending - _maker.Sending);
        var first = Math.Min(Math.Min(fresh.Count, room), Math.Max((max + 1) / 2, max - known.Count));
        var grants = new List<PieceGrant>();
        foreach (var piece in fresh.Take(first))
        {
            _fromMaker.Add(piece, claimant.Address);
            grants.Add(Expect(claimant, piece, _maker, now));
        }

        foreach (var piece in known.Take(max - grants.Count))
        {
            // Asked again: the grants before this one made some peers busier.
            if (Peer(claimant, piece, now).Peer is { } peer) grants.Add(Expect(claimant, piece, peer, now));
        }

        return [.. grants];
    }

    private List<int> Abandoned(PieceHolder claimant, ReadOnlySpan<byte> wanted, DateTimeOffset now)
    {
        var abandoned = new List<int>();
        foreach (var (piece, address) in _fromMaker)
        {
            if (!WeightPieces.Has(wanted, piece) || address == claimant.Address) continue;
            if (_holders.TryGetValue(address, out var holder) && now - holder.Seen >= QuietLimit) abandoned.Add(piece);
        }

        foreach (var piece in abandoned) Forget(_holders[_fromMaker[piece]], piece);
        return abandoned;
    }

    // The least busy of some that have it; whether anybody has it who may be asked.
    private (bool Anybody, PieceHolder? Peer) Peer(PieceHolder claimant, int piece, DateTimeOffset now)
    {
        PieceHolder? best = null;
        var (anybody, compared) = (false, 0);
        for (var i = 0; i < _order.Count && compared < MaxCompared; i++)
        {
            var peer = _order[(_turn + i) % _order.Count];
            if (peer == claimant || peer.AvoidedUntil > now || !WeightPieces.Has(peer.Held, piece)) continue;
            (anybody, compared) = (true, compared + 1);
            if (peer.Sending < (best?.Sending ?? MaxSending)) best = peer;
        }

        return (anybody, best);
    }

    private static PieceGrant Expect(PieceHolder claimant, int piece, PieceHolder source, DateTimeOffset now)
    {
        claimant.Expected[piece] = (source.Address, now + GrantLimit);
        source.Sending++;
        return new(piece, source.Address);
    }

    private void Forget(PieceHolder claimant, int piece)
    {
        if (!claimant.Expected.Remove(piece, out var expected)) return;
        if (expected.Source == manifest.Source)
        {
            _maker.Sending--;
            _fromMaker.Remove(piece);
        }
        else if (_holders.TryGetValue(expected.Source, out var source))
        {
            source.Sending = Math.Max(0, source.Sending - 1);
        }
    }

    private void Sweep(DateTimeOffset now)
    {
        if (now - _swept < TimeSpan.FromSeconds(1)) return;
        _swept = now;
        foreach (var holder in _order.ToArray())
        {
            foreach (var (piece, _) in holder.Expected.Where(e => e.Value.Until <= now).ToArray()) Forget(holder, piece);
            if (now - holder.Seen <= SilenceLimit) continue;
            foreach (var piece in holder.Expected.Keys.ToArray()) Forget(holder, piece);
            _holders.Remove(holder.Address);
            _order.Remove(holder);
        }
    }
}
