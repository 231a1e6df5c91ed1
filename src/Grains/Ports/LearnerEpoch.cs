namespace PairUni.Grains;

/// <summary>A learner's place among the learners that its run had.</summary>
/// <param name="Number">Higher than that of every learner before it; 0 where there is only one process.</param>
/// <param name="Committed">The step that was committed last; -1 when the checkpoints alone know.</param>
public readonly record struct LearnerEpoch(long Number, int Committed);
