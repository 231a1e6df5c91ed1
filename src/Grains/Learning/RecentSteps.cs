using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>The last steps of a learner and the groups of the very last one, for people who look on.</summary>
public sealed class RecentSteps(TimeProvider time)
{
    /// <summary>Steps that are remembered.</summary>
    public const int Kept = 512;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private readonly Queue<StepTrained> _steps = [];
    private TaskCompletionSource _added = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What the last step was trained on, in the order of the keys.</summary>
    public IReadOnlyList<OfferGroup> Groups { get; private set; } = [];

    public void Add(StepTrained step, IReadOnlyList<OfferGroup> groups)
    {
        _steps.Enqueue(step);
        if (_steps.Count > Kept) _steps.Dequeue();
        Groups = groups;
        var added = _added;
        _added = new(TaskCreationOptions.RunContinuationsAsynchronously);
        added.TrySetResult();
    }

    /// <summary>The steps after one, oldest first; waits for the next, at most ten seconds.</summary>
    public async Task<StepTrained[]> After(int step, CancellationToken cancellationToken)
    {
        try
        {
            if (_steps.All(s => s.Step <= step)) await _added.Task.WaitAsync(Longest, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Nothing new: the caller asks again.
        }

        return [.. _steps.Where(s => s.Step > step)];
    }
}
