using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>Whoever in this process wants to know how the run goes. Calls are short and must not throw.</summary>
public interface IRunObserver
{
    /// <summary>A step is done.</summary>
    /// <param name="step">The step and its metrics.</param>
    /// <param name="groups">What it was trained on, in the order of the keys.</param>
    void StepTrained(StepTrained step, IReadOnlyList<OfferGroup> groups);

    /// <summary>The run reached an end: finished, stopped or failed.</summary>
    void Ended(string run, RunPhase phase, string error);
}
