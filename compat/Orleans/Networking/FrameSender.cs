using System.IO.Pipelines;

namespace Orleans.Networking;

/// <summary>The frames on their way out of a connection: written by whoever has one, flushed together by one of them.</summary>
internal sealed class FrameSender(PipeWriter output, Action<string> failed)
{
    private readonly Lock _gate = new();
    private FrameBuffer _filling = new();
    private FrameBuffer _flushing = new();
    private bool _sending;
    private volatile string? _closed;

    /// <summary>Why nothing can be sent any more; null: it can.</summary>
    public string? Closed => _closed;

    /// <summary>Sends a frame; false when the connection has ended.</summary>
    public bool Enqueue(FrameBuffer frame)
    {
        lock (_gate)
        {
            if (_closed is not null)
            {
                return false;
            }

            _filling.Append(frame.Written);
            if (_sending)
            {
                return true;
            }

            _sending = true;
        }

        _ = Send();
        return true;
    }

    /// <summary>Sends nothing from now on; false when that was so before.</summary>
    public bool Close(string reason)
    {
        lock (_gate)
        {
            if (_closed is not null)
            {
                return false;
            }

            _closed = reason;
            return true;
        }
    }

    /// <summary>Waits until everything is sent, at most so long.</summary>
    public async Task Flushed(TimeSpan limit)
    {
        var until = Environment.TickCount64 + (long)limit.TotalMilliseconds;
        while (Environment.TickCount64 < until)
        {
            lock (_gate)
            {
                if (!_sending || _closed is not null)
                {
                    break;
                }
            }

            await Task.Delay(1).ConfigureAwait(false);
        }
    }

    /// <summary>Says to the other side that nothing more comes.</summary>
    public ValueTask Complete() => output.CompleteAsync();

    // One at a time; takes everything that came meanwhile in one go.
    private async Task Send()
    {
        try
        {
            while (true)
            {
                lock (_gate)
                {
                    if (_filling.Count == 0 || _closed is not null)
                    {
                        _sending = false;
                        return;
                    }

                    (_filling, _flushing) = (_flushing, _filling);
                }

                var result = await output.WriteAsync(_flushing.WrittenMemory).ConfigureAwait(false);
                _flushing.Clear();
                if (result.IsCompleted || result.IsCanceled)
                {
                    failed("the other side does not read");
                }
            }
        }
        catch (Exception exception)
        {
            failed(exception.Message);
        }
    }
}
