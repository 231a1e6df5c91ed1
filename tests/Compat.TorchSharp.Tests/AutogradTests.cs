using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Compat.TorchSharp.Tests;

public class AutogradTests
{
    [Fact]
    public void Backward_AccumulatesInLeaves()
    {
        var a = tensor(new[] { 1f, 2f, 3f }, requires_grad: true);
        a.grad.ShouldBeNull();
        (a * a).prod().backward();
        a.grad!.ShouldHold(72, 36, 24);
        (a * 2).sum().backward();
        a.grad!.ShouldHold(74, 38, 26);
        a.grad = null;
        a.grad.ShouldBeNull();
        a.is_leaf.ShouldBeTrue();
        (a * 2).is_leaf.ShouldBeFalse();
    }

    [Fact]
    public void Backward_TakesOutputGradients()
    {
        var a = tensor(new[] { 1f, 2f }, requires_grad: true);
        (a * a).backward([tensor(new[] { 1f, 10f })]);
        a.grad!.ShouldHold(2, 40);
    }

    [Fact]
    public void Backward_Twice_NeedsTheGraphKept()
    {
        var a = tensor(2f, requires_grad: true);
        var b = a * a;
        b.backward(retain_graph: true);
        b.backward();
        a.grad!.ShouldHold(8);
        Should.Throw<ExternalException>(() => b.backward()).Message.ShouldStartWith("Trying to backward through the graph a second time");
    }

    [Fact]
    public void AViewOfATensorWithoutGradient_FollowsItsBaseIntoTheGraph()
    {
        var weight = tensor(new[,] { { 2f, 3f } }, requires_grad: true);
        var plain = ones(1, 2);
        var view = plain.transpose(0, 1);
        (plain * 2).requires_grad.ShouldBeFalse();
        view.requires_grad.ShouldBeFalse();
        plain.mul_(weight);
        view.requires_grad.ShouldBeTrue();
        (view * view).sum().backward();
        weight.grad!.ShouldHold(4, 6);
    }

    [Fact]
    public void WithoutGradMode_NothingIsRecorded()
    {
        var weight = tensor(new[] { 2f, 3f }, requires_grad: true);
        using (no_grad())
            (weight * weight).requires_grad.ShouldBeFalse();
        (weight * weight).requires_grad.ShouldBeTrue();
        (ones(2) * weight).requires_grad.ShouldBeTrue();
        weight.detach().requires_grad.ShouldBeFalse();
    }

    [Fact]
    public void Grad_GivesHigherDerivatives()
    {
        var a = tensor(3f, requires_grad: true);
        var first = autograd.grad([a * a * a], [a], retain_graph: true, create_graph: true)[0];
        first.ShouldHold(27);
        autograd.grad([first], [a])[0].ShouldHold(18);
        a.grad.ShouldBeNull();
        var unrelated = tensor(1f, requires_grad: true);
        autograd.grad([a * 2], [unrelated], allow_unused: true)[0].ShouldBeNull();
    }

    [Fact]
    public void GradModes_AreGuardsOfTheirThread()
    {
        var a = tensor(1f, requires_grad: true);
        using (no_grad())
        {
            (a * 2).requires_grad.ShouldBeFalse();
            using (enable_grad())
                (a * 2).requires_grad.ShouldBeTrue();
            is_grad_enabled().ShouldBeFalse();
        }

        is_grad_enabled().ShouldBeTrue();
        using (inference_mode())
        {
            is_inference_mode_enabled().ShouldBeTrue();
            (a * 2).requires_grad.ShouldBeFalse();
        }

        is_inference_mode_enabled().ShouldBeFalse();
        using (set_grad_enabled(false))
            is_grad_enabled().ShouldBeFalse();
        a.detach().requires_grad.ShouldBeFalse();
    }

    [Fact]
    public void RetainGrad_KeepsTheGradientOfAnInnerNode()
    {
        var a = tensor(2f, requires_grad: true);
        var b = a * 3;
        b.retain_grad();
        (b * b).backward();
        b.grad!.ShouldHold(12);
    }

    [Fact]
    public void ALeafInPlace_IsRefusedWhileGradientsAreOn()
    {
        var a = tensor(2f, requires_grad: true);
        Should.Throw<ExternalException>(() => a.add_(1));
        using (no_grad())
            a.add_(1);
        a.ShouldHold(3);
    }

    [Fact]
    public void AFunctionOfOnesOwn_TakesPartInBackward()
    {
        var a = tensor(new[] { 1f, 2f }, requires_grad: true);
        var b = Cube.apply(a, 2.0);
        b.ShouldHold(2, 16);
        b.requires_grad.ShouldBeTrue();
        (b * tensor(new[] { 1f, 10f })).sum().backward();
        a.grad!.ShouldHold(6, 240);
        using (no_grad())
            Cube.apply(a, 1.0).requires_grad.ShouldBeFalse();
    }

    [Fact]
    public void AnExceptionInBackward_ReachesTheCaller()
    {
        var a = tensor(1f, requires_grad: true);
        Should.Throw<ExternalException>(() => Failing.apply(a).backward()).Message.ShouldContain("no derivative today");
    }

    private sealed class Cube : autograd.SingleTensorFunction<Cube>
    {
        public override string Name => nameof(Cube);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            var x = (Tensor)vars[0];
            ctx.save_for_backward([x]);
            ctx.save_data("factor", vars[1]);
            return x * x * x * (double)vars[1];
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
        {
            var x = ctx.get_saved_variables()[0];
            return [grad_output * x * x * 3 * (double)ctx.get_data("factor"), null!];
        }
    }

    private sealed class Failing : autograd.SingleTensorFunction<Failing>
    {
        public override string Name => nameof(Failing);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars) => ((Tensor)vars[0]).clone();

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) => throw new InvalidOperationException("no derivative today");
    }
}
