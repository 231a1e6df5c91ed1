using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Compat.TorchSharp.Tests;

// Numbers from PyTorch 1.13, whose CPU generators newer versions share.
public class GeneratorTests
{
    [Fact]
    public void AGenerator_GivesTheNumbersOfItsSeed()
    {
        using var generator = new Generator(7);
        randn(3, generator: generator).ShouldHold(-0.146795094, 0.786141276, 0.94682163);
        multinomial(tensor(new[] { .1f, .2f, .7f }), 5, true, generator).ShouldHold(2, 2, 1, 2, 2);
        generator.initial_seed().ShouldBe(7);
        generator.manual_seed(7);
        randn(3, generator: generator).ShouldHold(-0.146795094, 0.786141276, 0.94682163);
    }

    [Fact]
    public void AState_CanBePutBack()
    {
        using var generator = new Generator(1);
        rand(5, generator: generator);
        var state = generator.get_state();
        var first = rand(4, generator: generator);
        generator.set_state(state);
        rand(4, generator: generator).Equals(first).ShouldBeTrue();
        generator.device.type.ShouldBe(DeviceType.CPU);
    }

    [Fact]
    public void Fillers_DrawFromTheGivenGenerator()
    {
        using var one = new Generator(3);
        using var two = new Generator(3);
        empty(6).normal_(1, 2, one).Equals(empty(6).normal_(1, 2, two)).ShouldBeTrue();
        empty(6).uniform_(-1, 1, one).Equals(empty(6).uniform_(-1, 1, two)).ShouldBeTrue();
        randint(0, 9, new long[] { 8 }, generator: one).Equals(randint(0, 9, new long[] { 8 }, generator: two)).ShouldBeTrue();
        randperm(8, generator: one).Equals(randperm(8, generator: two)).ShouldBeTrue();
        empty(6).exponential_(1, one).Equals(empty(6).exponential_(1, two)).ShouldBeTrue();
    }

    [Fact]
    public void ADisposedGenerator_CannotBeUsed()
    {
        var generator = new Generator(1);
        generator.Dispose();
        Should.Throw<InvalidOperationException>(() => generator.get_state());
    }
}

[Collection("alone")]
public class DefaultGeneratorTests
{
    [Fact]
    public void ManualSeed_GivesTheNumbersOfPyTorch()
    {
        manual_seed(42);
        randn(4).ShouldHold(0.336690366, 0.128809407, 0.234462366, 0.23033303);
        rand(3).ShouldHold(0.940771461, 0.133185923, 0.934598088);
        randint(0, 100, new long[] { 4 }).ShouldHold(14, 10, 54, 31);
        randperm(5).ShouldHold(2, 4, 3, 1, 0);
        var state = get_rng_state();
        var next = rand(2);
        set_rng_state(state);
        rand(2).Equals(next).ShouldBeTrue();
        initial_seed().ShouldBe(42);
    }

    [Fact]
    public void ALinearLayer_StartsAsInPyTorch()
    {
        manual_seed(5);
        using var layer = nn.Linear(3, 2);
        layer.weight.ShouldHold(0.381341994, -0.431729913, 0.470505476, 0.369419903, 0.485093653, -0.442659974);
        layer.bias!.ShouldHold(-0.387527287, 0.274725646);
    }
}
