namespace PairUni.Silo;

/// <summary>Lets few pieces be sent at once and few wait for it; counts what was sent.</summary>
internal sealed class SendGate(int sends, int waiting, SiloInstruments? instruments)
{
    private readonly SemaphoreSlim _turns = new(sends);
    private long _bytes;
    private int _inside;

    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>False when too many wait already.</summary>
    public async ValueTask<bool> Enter(CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _inside) > sends + waiting)
        {
            Interlocked.Decrement(ref _inside);
            return false;
        }

        try
        {
            await _turns.WaitAsync(cancellationToken);
            return true;
        }
        catch
        {
            Interlocked.Decrement(ref _inside);
            throw;
        }
    }

    public void Leave(long sent)
    {
        Interlocked.Add(ref _bytes, sent);
        instruments?.WeightsServed(sent);
        Interlocked.Decrement(ref _inside);
        _turns.Release();
    }
}
