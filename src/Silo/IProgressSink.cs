using PairUni.Contracts;

namespace PairUni.Silo;

/// <summary>Receives what a person wants to see of a run: console, metrics files and samples implement it. Called in order, never at once.</summary>
public interface IProgressSink
{
    /// <summary>A step is done.</summary>
    /// <param name="step">The step and its metrics.</param>
    /// <param name="groups">What it was trained on, in the order of the keys, with images and texts.</param>
    void Step(StepTrained step, IReadOnlyList<OfferGroup> groups);

    /// <summary>The learner goes on from a step: steps after it that were told before are void.</summary>
    void Restored(int step);

    /// <summary>Something to tell, in one sentence.</summary>
    void Message(string sentence);
}
