using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>The grains and services that a learner works with.</summary>
public sealed record LearnerLinks(IRunGrain Run, IPolicyGrain Policy, LearnerServices Services, TimeProvider Time);
