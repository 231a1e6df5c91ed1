using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Orleans.Runtime;
using Orleans.Silos;
using Orleans.Wire;

namespace Orleans.Networking;

/// <summary>
/// One open connection to a silo or client: calls go out and their answers come back, and the other way round. Frames are
/// written by whoever has one and flushed together. When it ends, the calls that wait for an answer over it fail.
/// </summary>
internal sealed class Connection
{
    private readonly ConnectionContext _context;
    private readonly Network _network;
    private readonly ConcurrentDictionary<ulong, Call> _waiting = new();
    private readonly ConcurrentDictionary<ulong, IArrivedCall> _cancellable = new();
    private readonly ConcurrentDictionary<ulong, TaskCompletionSource<int>> _probes = new();
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private FrameBuffer _filling = new();
    private FrameBuffer _flushing = new();
    private ulong _lastId;
    private bool _sending;
    private volatile string? _closed;

    public Connection(ConnectionContext context, Network network, Introduction peer)
    {
        _context = context;
        _network = network;
        Peer = peer;
    }

    /// <summary>The other side.</summary>
    public Introduction Peer { get; }

    public bool IsClient => Peer.Address.IsClient;

    public SiloRuntime Silo => _network.Silo;

    public WireOptions Options => _network.Options;

    public bool IsOpen => _closed is null;

    /// <summary>Completes when nothing can be sent or received any more.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Sends a call; false when the connection has ended and the call is not on its way.</summary>
    public bool TrySend(Call call)
    {
        if (_closed is not null)
        {
            return false;
        }

        var id = Interlocked.Increment(ref _lastId);
        var frame = FrameBuffer.Rent();
        try
        {
            RequestFrame.Write(frame, call, id, Options);
            _network.CheckSize(frame, call);
        }
        catch (Exception exception)
        {
            FrameBuffer.Return(frame);
            call.Fail(exception is OrleansException or Serialization.SerializerException ? exception
                : new Serialization.SerializerException($"The arguments of {call} cannot be sent: {exception.GetBaseException().Message}", exception));
            return true;
        }

        if (!call.IsOneWay)
        {
            _waiting[id] = call;
            call.SentOver(this, id);
            if (call.IsAbandoned)
            {
                _waiting.TryRemove(id, out _);
            }
        }

        var sent = Enqueue(frame);
        FrameBuffer.Return(frame);
        if (!sent && !call.IsOneWay && !_waiting.TryRemove(id, out _))
        {
            // The end of the connection failed it already.
            return true;
        }

        return sent;
    }

    /// <summary>The call has ended without its answer.</summary>
    public void Forget(ulong id, bool cancel)
    {
        if (_waiting.TryRemove(id, out var call) && cancel && call.IsCancellable)
        {
            SendBare(FrameKind.Cancel, id);
        }
    }

    public void SendResult<TResult>(ulong id, TResult result, string method)
    {
        var frame = FrameBuffer.Rent();
        try
        {
            frame.Begin(FrameKind.Result);
            frame.WriteVar(id);
            frame.BeginBody();
            CallBody.Write(frame, result, Options);
            frame.End();
            _network.CheckSize(frame, method);
        }
        catch (Exception exception)
        {
            frame.Clear();
            FrameBuffer.Return(frame);
            SendFailure(id, exception is OrleansException or Serialization.SerializerException ? exception
                : new Serialization.SerializerException($"The result of {method} cannot be sent: {exception.GetBaseException().Message}"));
            return;
        }

        Enqueue(frame);
        FrameBuffer.Return(frame);
    }

    public void SendFailure(ulong id, Exception exception)
    {
        var frame = FrameBuffer.Rent();
        frame.Begin(FrameKind.Failure);
        frame.WriteVar(id);
        frame.BeginBody();
        CallBody.WriteException(frame, exception);
        frame.End();
        Enqueue(frame);
        FrameBuffer.Return(frame);
    }

    /// <summary>Passes on an answer as it came.</summary>
    public void SendAnswer(ulong id, FrameKind kind, in ReadOnlySequence<byte> body)
    {
        var frame = FrameBuffer.Rent();
        frame.Begin(kind);
        frame.WriteVar(id);
        frame.BeginBody();
        frame.Append(body);
        frame.End();
        Enqueue(frame);
        FrameBuffer.Return(frame);
    }

    public void SendElsewhere(ulong id) => SendBare(FrameKind.Elsewhere, id);

    /// <summary>A call that may be cancelled has ended.</summary>
    public void CallEnded(ulong id) => _cancellable.TryRemove(id, out _);

    /// <summary>Asks whether the other side is there; the number of its activations.</summary>
    public async Task<int> Probe(CancellationToken cancellationToken)
    {
        var id = Interlocked.Increment(ref _lastId);
        var answer = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        _probes[id] = answer;
        try
        {
            if (!SendBare(FrameKind.Probe, id))
            {
                throw new ConnectionAbortedException(_closed ?? "it has ended");
            }

            return await answer.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            _probes.TryRemove(id, out _);
        }
    }

    /// <summary>Reads frames until the connection ends.</summary>
    public async Task Receive(PipeReader input)
    {
        var reason = "the other side closed it";
        try
        {
            while (true)
            {
                var read = await input.ReadAsync().ConfigureAwait(false);
                var rest = read.Buffer;
                while (TryTake(ref rest, out var header, out var body))
                {
                    Take(header, body);
                }

                input.AdvanceTo(rest.Start, rest.End);
                if (read.IsCompleted || read.IsCanceled)
                {
                    if (read.IsCompleted && !rest.IsEmpty)
                    {
                        reason = "it ended inside of a frame";
                    }

                    break;
                }
            }
        }
        catch (ProtocolException exception)
        {
            reason = exception.Message;
            _network.Log.Malformed(Peer.Name, Peer.Address, _context.RemoteEndPoint, exception.Message);
        }
        catch (Exception exception) when (exception is IOException or ConnectionAbortedException or ConnectionResetException or OperationCanceledException or InvalidOperationException)
        {
            reason = exception.Message;
        }
        finally
        {
            Close(reason);
        }
    }

    /// <summary>Ends the connection; what waits for an answer over it fails.</summary>
    public void Close(string reason)
    {
        lock (_gate)
        {
            if (_closed is not null)
            {
                return;
            }

            _closed = reason;
        }

        _context.Abort(new ConnectionAbortedException(reason));
        foreach (var (id, _) in _waiting)
        {
            if (_waiting.TryRemove(id, out var call))
            {
                call.Fail(new SiloUnavailableException($"The connection to {Peer.Name} at {Peer.Address} ended before {call} had an answer: {reason}."));
            }
        }

        foreach (var probe in _probes.Values)
        {
            probe.TrySetException(new ConnectionAbortedException(reason));
        }

        _ended.TrySetResult();
        _network.Ended(this, reason);
    }

    /// <summary>Sends what is left and closes.</summary>
    public async Task Finish(string reason, TimeSpan limit)
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

        // The other side closes when it has read everything.
        await _context.Transport.Output.CompleteAsync().ConfigureAwait(false);
        await Task.WhenAny(_ended.Task, Task.Delay(limit)).ConfigureAwait(false);
        Close(reason);
    }

    private bool SendBare(FrameKind kind, ulong id)
    {
        var frame = FrameBuffer.Rent();
        frame.Begin(kind);
        frame.WriteVar(id);
        frame.BeginBody();
        frame.End();
        var sent = Enqueue(frame);
        FrameBuffer.Return(frame);
        return sent;
    }

    private bool Enqueue(FrameBuffer frame)
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

    // One at a time; takes everything that came meanwhile in one go.
    private async Task Send()
    {
        var output = _context.Transport.Output;
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
                    Close("the other side does not read");
                }
            }
        }
        catch (Exception exception)
        {
            Close(exception.Message);
        }
    }

    private bool TryTake(ref ReadOnlySequence<byte> rest, out ReadOnlySequence<byte> header, out ReadOnlySequence<byte> body)
    {
        header = body = default;
        if (rest.Length < FrameBuffer.Prefix)
        {
            return false;
        }

        Span<byte> prefix = stackalloc byte[FrameBuffer.Prefix];
        rest.Slice(0, FrameBuffer.Prefix).CopyTo(prefix);
        var headerLength = BinaryPrimitives.ReadInt32LittleEndian(prefix);
        var bodyLength = BinaryPrimitives.ReadInt32LittleEndian(prefix[4..]);
        _network.CheckLengths(headerLength, bodyLength);
        if (rest.Length < FrameBuffer.Prefix + (long)headerLength + bodyLength)
        {
            return false;
        }

        header = rest.Slice(FrameBuffer.Prefix, headerLength);
        body = rest.Slice(FrameBuffer.Prefix + headerLength, bodyLength);
        rest = rest.Slice(FrameBuffer.Prefix + (long)headerLength + bodyLength);
        return true;
    }

    private void Take(in ReadOnlySequence<byte> header, in ReadOnlySequence<byte> body)
    {
        if (header.IsSingleSegment)
        {
            Take(new HeaderReader(header.FirstSpan), body);
            return;
        }

        var copy = ArrayPool<byte>.Shared.Rent((int)header.Length);
        header.CopyTo(copy);
        try
        {
            Take(new HeaderReader(copy.AsSpan(0, (int)header.Length)), body);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(copy);
        }
    }

    private void Take(HeaderReader header, in ReadOnlySequence<byte> body)
    {
        var kind = (FrameKind)header.ReadByte();
        switch (kind)
        {
            case FrameKind.Request:
                TakeRequest(ref header, body);
                break;
            case FrameKind.Result or FrameKind.Failure or FrameKind.Elsewhere:
                if (_waiting.TryRemove(header.ReadVar(), out var call))
                {
                    call.Answered(kind, body, Options);
                }

                break;
            case FrameKind.Cancel:
                if (_cancellable.TryRemove(header.ReadVar(), out var cancelled))
                {
                    cancelled.CancelledByCaller();
                }

                break;
            case FrameKind.Probe:
                var frame = FrameBuffer.Rent();
                frame.Begin(FrameKind.Alive);
                frame.WriteVar(header.ReadVar());
                frame.WriteVar((ulong)Silo.Catalog.Count);
                frame.BeginBody();
                frame.End();
                Enqueue(frame);
                FrameBuffer.Return(frame);
                break;
            case FrameKind.Alive:
                if (_probes.TryGetValue(header.ReadVar(), out var probe))
                {
                    probe.TrySetResult((int)Math.Min(int.MaxValue, header.ReadVar()));
                }

                break;
            default:
                throw new ProtocolException($"A frame of kind {(byte)kind} is not expected here.");
        }
    }

    private void TakeRequest(ref HeaderReader reader, in ReadOnlySequence<byte> body)
    {
        var header = RequestFrame.Read(ref reader, out var key);
        try
        {
            var method = CallMethods.Find(key)
                ?? throw new OrleansException($"{Silo.SiloIdentity} does not know the method that was called on {header.Target}; run the same release everywhere.");
            var call = method.Arrive(this, header, body);
            if (call is IArrivedCall cancellable && call.IsCancellable)
            {
                _cancellable[header.Id] = cancellable;
            }

            Silo.Receive(call);
        }
        catch (Exception exception) when (exception is not ProtocolException)
        {
            if (!header.IsOneWay)
            {
                SendFailure(header.Id, exception);
            }
        }
    }
}
