using System.Buffers;
using System.Collections.Concurrent;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Orleans.Runtime;
using Orleans.Silos;
using Orleans.Wire;

namespace Orleans.Networking;

/// <summary>
/// One open connection to a silo or client: calls go out and their answers come back, and the other way round. When it ends, the
/// calls that wait for an answer over it fail.
/// </summary>
internal sealed class Connection
{
    private readonly ConnectionContext _context;
    private readonly Network _network;
    private readonly ConcurrentDictionary<ulong, Call> _waiting = new();
    private readonly ConcurrentDictionary<ulong, IArrivedCall> _cancellable = new();
    private readonly ConcurrentDictionary<ulong, TaskCompletionSource<int>> _probes = new();
    private readonly FrameSender _sender;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ulong _lastId;

    public Connection(ConnectionContext context, Network network, Introduction peer)
    {
        _context = context;
        _network = network;
        Peer = peer;
        _sender = new FrameSender(context.Transport.Output, Close);
    }

    /// <summary>The other side.</summary>
    public Introduction Peer { get; }

    public bool IsClient => Peer.Address.IsClient;

    public SiloRuntime Silo => _network.Silo;

    public WireOptions Options => _network.Options;

    public bool IsOpen => _sender.Closed is null;

    /// <summary>Completes when nothing can be sent or received any more.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Sends a call; false when the connection has ended and the call is not on its way.</summary>
    public bool TrySend(Call call)
    {
        if (!IsOpen)
        {
            return false;
        }

        var id = Interlocked.Increment(ref _lastId);
        var frame = FrameBuffer.Rent();
        try
        {
            RequestFrame.Write(frame, call, id, Options);
            _network.Limits.CheckSize(frame, call);
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

        var sent = Send(frame);
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
            AnswerFrame.Result(frame, id, result, Options);
            _network.Limits.CheckSize(frame, method);
        }
        catch (Exception exception)
        {
            frame.Clear();
            FrameBuffer.Return(frame);
            SendFailure(id, exception is OrleansException or Serialization.SerializerException ? exception
                : new Serialization.SerializerException($"The result of {method} cannot be sent: {exception.GetBaseException().Message}"));
            return;
        }

        Send(frame);
    }

    public void SendFailure(ulong id, Exception exception)
    {
        var frame = FrameBuffer.Rent();
        AnswerFrame.Failure(frame, id, exception);
        Send(frame);
    }

    /// <summary>Passes on an answer as it came.</summary>
    public void SendAnswer(ulong id, FrameKind kind, in ReadOnlySequence<byte> body)
    {
        var frame = FrameBuffer.Rent();
        AnswerFrame.AsItCame(frame, id, kind, body);
        Send(frame);
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
                throw new ConnectionAbortedException(_sender.Closed ?? "it has ended");
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
            if (!await FrameReader.Read(input, _network.Limits, Take).ConfigureAwait(false))
            {
                reason = "it ended inside of a frame";
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
        if (!_sender.Close(reason))
        {
            return;
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
        await _sender.Flushed(limit).ConfigureAwait(false);

        // The other side closes when it has read everything.
        await _sender.Complete().ConfigureAwait(false);
        await Task.WhenAny(_ended.Task, Task.Delay(limit)).ConfigureAwait(false);
        Close(reason);
    }

    private bool SendBare(FrameKind kind, ulong id)
    {
        var frame = FrameBuffer.Rent();
        AnswerFrame.Bare(frame, id, kind);
        return Send(frame);
    }

    private bool Send(FrameBuffer frame)
    {
        var sent = _sender.Enqueue(frame);
        FrameBuffer.Return(frame);
        return sent;
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
                AnswerFrame.Alive(frame, header.ReadVar(), Silo.Catalog.Count);
                Send(frame);
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
