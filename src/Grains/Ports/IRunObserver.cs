using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>Whoever in this process wants to know how the run goes. Calls are short and must not throw.</summary>
public interface IRunObserver
{
    /// <summary>The learner goes on from a version: steps after it that were told before are void.</summary>
    void Restored(int version);

    /// <summary>A step is done. The task completes when it is on record; a checkpoint of the step waits for that, so none ever lacks its metrics.</summary>
    /// <param name="step">The step and its metrics.</param>
    /// <param name="groups">What it was trained on, in the order of the keys.</param>
    Task StepTrained(StepTrained step, IReadOnlyList<OfferGroup> groups);

    /// <summary>The run reached an end: finished, stopped or failed.</summary>
    void Ended(string run, RunPhase phase, string error);
}
