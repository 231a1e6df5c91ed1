using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>The grains and services that a learner works with.</summary>
public sealed record LearnerLinks(
    IRunGrain Run, IPolicyGrain Policy, IPolicyTrainer Trainer, IGroupStore Groups, IJournal Journal, IRunObserver Observer, TimeProvider Time);
