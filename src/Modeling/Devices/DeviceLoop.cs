using System.Threading.Channels;
using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Modeling.Devices;

/// <summary>
/// One device, one thread: work queued here runs in order on a dedicated thread, each item in a dispose scope of its own, so
/// that tensors never cross threads and none outlives its item. The queue is bounded; a full queue makes callers wait.
/// </summary>
/// <remarks>
/// <code>
/// callers --Run--> [channel, capacity] --one at a time--> device thread --> Task of each caller
/// </code>
/// | part | produces | waits for | unblocked by |
/// | Run | a work item | room in the channel | the thread taking an item, cancellation, disposal |
/// | thread | results | an item | Run, disposal |
/// | DisposeAsync | - | all queued items | the thread finishing them |
/// </remarks>
public sealed class DeviceLoop : IAsyncDisposable
{
    private readonly Channel<Action> _work;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Starts the thread.</summary>
    /// <param name="name">Shown by debuggers, and in errors.</param>
    /// <param name="device">The device that work on this thread uses.</param>
    /// <param name="threads">Threads of native operators; 1 makes results independent of the machine's load.</param>
    /// <param name="capacity">Items that may wait.</param>
    public DeviceLoop(string name, Device device, int threads, int capacity = 64)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        Name = name;
        Device = device;
        _work = Channel.CreateBounded<Action>(new BoundedChannelOptions(capacity) { SingleReader = true });
        var thread = new Thread(() => Loop(threads)) { Name = name, IsBackground = true };
        thread.Start();
    }

    public string Name { get; }

    public Device Device { get; }

    /// <summary>Runs <paramref name="work"/> on the device's thread. Its result must not be a tensor, which would be disposed with the item's scope.</summary>
    /// <param name="cancellation">Gives up waiting, and skips the work if it has not begun; work under way is finished.</param>
    /// <exception cref="ObjectDisposedException">The loop has been disposed.</exception>
    public async Task<T> Run<T>(Func<T> work, CancellationToken cancellation = default)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Item()
        {
            if (cancellation.IsCancellationRequested)
            {
                result.TrySetCanceled(cancellation);
                return;
            }
            try
            {
                T value;
                using (DisposeScope scope = NewDisposeScope())
                    value = work();
                result.TrySetResult(value);
            }
            catch (Exception fault)
            {
                result.TrySetException(fault);
            }
        }

        try
        {
            await _work.Writer.WriteAsync(Item, cancellation);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(Name, $"The device loop {Name} has ended and takes no more work.");
        }
        return await result.Task.WaitAsync(cancellation);
    }

    /// <summary>Runs work that has no result.</summary>
    public Task Run(Action work, CancellationToken cancellation = default) => Run(() =>
    {
        work();
        return true;
    }, cancellation);

    /// <summary>Takes no more work, finishes what is queued, and ends the thread.</summary>
    public async ValueTask DisposeAsync()
    {
        _work.Writer.TryComplete();
        await _ended.Task;
    }

    private void Loop(int threads)
    {
        set_num_threads(threads);
        while (WaitForWork())
        {
            while (_work.Reader.TryRead(out Action? item))
                item();
        }
        _ended.TrySetResult();
    }

    // The dedicated thread has nothing else to do, so it blocks here; no pool thread is held.
    private bool WaitForWork() => _work.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult();
}
