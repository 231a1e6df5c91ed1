using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>The grains that a worker talks to.</summary>
public sealed record WorkerLinks(IRunGrain Run, ILearnerGrain Learner, IPolicyGrain Policy, GroupScoring Scoring);
