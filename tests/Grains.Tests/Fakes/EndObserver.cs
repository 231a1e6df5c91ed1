using PairUni.Contracts;

namespace PairUni.Grains.Tests;

internal sealed class EndObserver : IRunObserver
{
    private readonly TaskCompletionSource<(RunPhase Phase, string Error)> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<StepTrained> Steps { get; } = [];

    public Task<(RunPhase Phase, string Error)> End => _ended.Task.WaitAsync(TimeSpan.FromSeconds(30));

    public void Restored(int version)
    {
    }

    public Task StepTrained(StepTrained step, IReadOnlyList<OfferGroup> groups)
    {
        lock (Steps) Steps.Add(step);
        return Task.CompletedTask;
    }

    public void Ended(string run, RunPhase phase, string error) => _ended.TrySetResult((phase, error));
}
