using Orleans.Silos;

namespace Orleans.Streams;

/// <summary>One enumeration on the grain's side.</summary>
internal abstract class OpenStream
{
    private bool _read = true;

    /// <summary>Raised when the last item was given.</summary>
    public event Action? Ended;

    public abstract Task Stop();

    /// <summary>True when nothing was read since the last time this was asked.</summary>
    public bool IsStale()
    {
        var stale = !_read;
        _read = false;
        return stale;
    }

    protected void WasRead() => _read = true;

    protected void HasEnded() => Ended?.Invoke();
}

/// <summary>One enumeration on the grain's side.</summary>
internal sealed class OpenStream<T> : OpenStream
{
    private readonly SiloRuntime _silo;
    private readonly CancellationTokenSource _cancel = new();
    private readonly IAsyncEnumerator<T> _items;
    private Task<bool>? _next;

    public OpenStream(SiloRuntime silo, Func<CancellationToken, IAsyncEnumerable<T>> start)
    {
        _silo = silo;
        _items = start(_cancel.Token).GetAsyncEnumerator(_cancel.Token);
    }

    /// <summary>Waits for an item (at most half a call's time limit) and takes those that follow without waiting.</summary>
    public async ValueTask<StreamBatch<T>> Pull(int size, CancellationToken token)
    {
        WasRead();
        using var stop = token.UnsafeRegister(static cancel => ((CancellationTokenSource)cancel!).Cancel(), _cancel);
        var batch = new List<T>();
        try
        {
            while (batch.Count < size)
            {
                _next ??= _items.MoveNextAsync().AsTask();
                if (!_next.IsCompleted)
                {
                    if (batch.Count > 0 || !await InTime(_next))
                    {
                        break;
                    }
                }

                var more = await _next;
                _next = null;
                if (!more)
                {
                    HasEnded();
                    await _items.DisposeAsync();
                    return new StreamBatch<T>([.. batch], true);
                }

                batch.Add(_silo.Copier.Copy(_items.Current));
            }
        }
        catch (Exception exception) when (batch.Count > 0)
        {
            // The items before the failure go first; the next read meets the failure.
            _next ??= Task.FromException<bool>(exception);
        }

        WasRead();
        return new StreamBatch<T>([.. batch], false);
    }

    public override async Task Stop()
    {
        await _cancel.CancelAsync();
        try
        {
            if (_next is not null)
            {
                await _next;
            }
        }
        catch (Exception)
        {
            // Nobody reads any more.
        }

        await _items.DisposeAsync();
    }

    private async Task<bool> InTime(Task<bool> next)
    {
        await Task.WhenAny(next, Task.Delay(_silo.ResponseTimeout / 2, _silo.Time));
        return next.IsCompleted;
    }
}
