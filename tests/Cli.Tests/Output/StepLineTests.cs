using PairUni.Cli.Output;

namespace PairUni.Cli.Tests.Output;

public sealed class StepLineTests
{
    [Fact]
    public void ALine_ShowsWhatTheStepHas() =>
        StepLine.Of(7, 120, new Dictionary<string, double> { ["reward/mean"] = 0.61249, ["optim/grad_norm"] = 1, ["kl"] = double.NaN, ["clip_frac"] = 0, ["policy/lag/max"] = 2, ["time/step"] = 2.04 })
            .ShouldBe("step   7/120  reward 0.612  grad 1.00  lag 2  2.0 s");
}
