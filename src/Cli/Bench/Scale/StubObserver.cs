using PairUni.Contracts;
using PairUni.Grains;

namespace PairUni.Cli.Bench.Scale;

/// <summary>Knows when the run ended.</summary>
internal sealed class StubObserver : IRunObserver
{
    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The run's error, empty for none.</summary>
    public Task<string> End => _ended.Task;

    public void Restored(int version)
    {
    }

    public Task StepTrained(StepTrained step, IReadOnlyList<OfferGroup> groups) => Task.CompletedTask;

    public void Ended(string run, RunPhase phase, string error) => _ended.TrySetResult(error);
}
