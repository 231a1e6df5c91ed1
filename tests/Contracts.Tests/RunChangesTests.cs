using PairUni.Contracts.Options;

namespace PairUni.Contracts.Tests;

public sealed class RunChangesTests
{
    private static readonly RunOptions Options = new() { Learner = new() { Lr = 1e-4, KlCoef = 0.01 } };

    [Fact]
    public void WhatTheChangeHas_IsChanged_AndNothingElse()
    {
        var changed = Options.With(new() { Lr = 5e-5, PairWeight = "linear" });
        changed.ShouldBe(Options with { Learner = Options.Learner with { Lr = 5e-5, PairWeight = "linear" } });
        changed.Learner.DifferenceTo(Options.Learner).ShouldBe("learner.lr 0.0001 -> 5E-05, learner.pair_weight sqrt -> linear");
        Options.With(new()).ShouldBe(Options);
    }

    [Fact]
    public void AValueOutOfItsRange_IsRefused_WithTheRange()
    {
        Should.Throw<UserErrorException>(() => Options.With(new() { Lr = 0 })).Message.ShouldBe("learner.lr cannot be 0: it must be above 0 and at most 1.");
        Should.Throw<UserErrorException>(() => Options.With(new() { ClipHigh = double.NaN })).Message.ShouldStartWith("learner.clip_high cannot be NaN");
        Should.Throw<UserErrorException>(() => Options.With(new() { PairWeight = "cubic" })).Message.ShouldBe("learner.pair_weight cannot be cubic: it must be one of sqrt, linear, none.");
    }

    [Fact]
    public void TheKlTerm_IsNeitherTurnedOnNorOff()
    {
        Should.Throw<UserErrorException>(() => Options.With(new() { KlCoef = 0 })).Message.ShouldStartWith("learner.kl_coef cannot be turned off");
        Should.Throw<UserErrorException>(() => new RunOptions().With(new() { KlCoef = 0.1 })).Message.ShouldStartWith("learner.kl_coef cannot be turned on");
        Options.With(new() { KlCoef = 0.5 }).Learner.KlCoef.ShouldBe(0.5);
    }
}
