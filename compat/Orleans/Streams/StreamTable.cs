using Orleans.Activations;
using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>The streams that callers read from one activation. Used only in its turns.</summary>
internal sealed class StreamTable
{
    private readonly Activation _activation;
    private readonly Dictionary<Guid, OpenStream> _open = [];

    private StreamTable(Activation activation)
    {
        _activation = activation;
        var period = activation.Silo.ResponseTimeout;
        _ = new GrainTimer<StreamTable>(
            activation, static (table, _) => table.Sweep(), this, new GrainTimerCreationOptions(period, period) { Interleave = true });
    }

    public static StreamTable Of(Activation activation)
    {
        if (activation.GetComponent<StreamTable>() is not { } table)
        {
            activation.SetComponent(table = new StreamTable(activation));
        }

        return table;
    }

    public OpenStream<T> Open<T>(Guid id, Func<CancellationToken, IAsyncEnumerable<T>> start)
    {
        var stream = new OpenStream<T>(_activation.Silo, start);
        stream.Ended += () => _open.Remove(id);
        _open.Add(id, stream);
        return stream;
    }

    public OpenStream<T> Find<T>(Guid id) => _open.TryGetValue(id, out var stream)
        ? (OpenStream<T>)stream
        : throw new EnumerationAbortedException($"The enumeration on {_activation.GrainId} has ended: it was not read for too long, or its activation ended.");

    public async Task Stop(Guid id)
    {
        if (_open.Remove(id, out var stream))
        {
            await stream.Stop();
        }
    }

    // Two periods without a read: the reader is gone.
    private async Task Sweep()
    {
        foreach (var (id, stream) in _open.ToArray())
        {
            if (stream.IsStale())
            {
                await Stop(id);
            }
        }
    }
}
