using System.Threading.Channels;
using PairUni.Contracts;
using PairUni.Grains;

namespace PairUni.Silo;

/// <summary>Hands what grains tell to the sink, in order and one at a time, on a task of its own so that no turn waits for a disk.</summary>
/// <remarks>
/// <code>
///   LearnerLoop, RunGrain --> [channel] --> pump --> IProgressSink
///
///   part    produces         waits for   unblocked by
///   grains  steps, the end   the record  the pump     (the next step is generated meanwhile)
///   pump    calls            an item     the grains, or disposal
/// </code>
/// </remarks>
public sealed class ProgressPump : IRunObserver, IAsyncDisposable
{
    private readonly Channel<Action> _items = Channel.CreateUnbounded<Action>(new() { SingleReader = true });
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IProgressSink _sink;
    private readonly Task _pump;

    public ProgressPump(IProgressSink sink)
    {
        _sink = sink;
        _pump = Task.Run(Pump);
    }

    /// <summary>Completes when the run ended and the sink knows all that came before.</summary>
    public Task Ended => _ended.Task;

    public void Restored(int version) => _items.Writer.TryWrite(() => Record(() => _sink.Restored(version), new()));

    /// <summary>Fails as the sink did: a step that is not on record fails the run.</summary>
    public Task StepTrained(StepTrained step, IReadOnlyList<OfferGroup> groups)
    {
        var recorded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _items.Writer.TryWrite(() => Record(() => _sink.Step(step, groups), recorded));
        return recorded.Task;
    }

    void IRunObserver.Ended(string run, RunPhase phase, string error) => _items.Writer.TryWrite(() => _ended.TrySetResult());

    /// <summary>Tells the sink a sentence; if it cannot be told, the next step says why.</summary>
    public void Message(string sentence) => _items.Writer.TryWrite(() => Record(() => _sink.Message(sentence), new()));

    public async ValueTask DisposeAsync()
    {
        _items.Writer.TryComplete();
        await _pump;
    }

    private static void Record(Action write, TaskCompletionSource recorded)
    {
        try
        {
            write();
            recorded.SetResult();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            recorded.SetException(new UserErrorException(
                $"The run's files cannot be written: {fault.Message.TrimEnd('.')}; free disk space or fix the permissions, then go on with --resume.", fault));
        }
        catch (Exception fault)
        {
            // The sink is foreign code; its fault is the step's.
            recorded.SetException(fault);
        }
    }

    private async Task Pump()
    {
        await foreach (var item in _items.Reader.ReadAllAsync()) item();
    }
}
