using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PairUni.Compat.TorchSharp.Tests;

// Parameters after five steps of the loss sum(a^3)/2 + sum(sin b) a[0]; numbers from PyTorch 1.13, single-tensor form.
public class OptimizerTests
{
    [Theory]
    [InlineData("adamw", ScalarType.Float64, 1e-8, 0.499786223, -2.29145881, 0.0513375073, -0.197715882, -0.554674449)]
    [InlineData("adamw", ScalarType.Float32, 3e-7, 0.499786228, -2.29145908, 0.0513374954, -0.197715849, -0.554674506)]
    [InlineData("amsgrad", ScalarType.Float64, 1e-8, 0.55254107, -2.50222006, 0.0598394932, -0.193662776, -0.590090962)]
    [InlineData("amsgrad", ScalarType.Float32, 3e-7, 0.552541077, -2.50221992, 0.0598394871, -0.193662778, -0.59009093)]
    [InlineData("maximize", ScalarType.Float64, 1e-8, 1.49985911, -1.50700171, 0.995286383, 0.801234349, 0.402091312)]
    [InlineData("maximize", ScalarType.Float32, 3e-7, 1.49985909, -1.50700164, 0.995286345, 0.801234365, 0.402091265)]
    public void Steps_AgreeWithPyTorch(string kind, ScalarType type, double tolerance, double a0, double a1, double a2, double b0, double b1)
    {
        var (a, b) = Parameters(type);
        using var optimizer = Make(kind, [a, b]);
        for (var i = 0; i < 5; i++)
            Step(optimizer, a, b);
        a.ShouldBeNear(tolerance, a0, a1, a2);
        b.ShouldBeNear(tolerance, b0, b1);
    }

    [Theory]
    [InlineData("adamw")]
    [InlineData("amsgrad")]
    public void ASavedState_ContinuesBitForBit(string kind)
    {
        var (a, b) = Parameters(float32);
        using var optimizer = Make(kind, [a, b]);
        for (var i = 0; i < 3; i++)
            Step(optimizer, a, b);
        using var stream = new MemoryStream();
        optimizer.save_state_dict(new BinaryWriter(stream));
        var (c, d) = (new Parameter(a.detach().clone()), new Parameter(b.detach().clone()));
        using var resumed = Make(kind, [c, d], lr: 0.5);
        stream.Position = 0;
        resumed.load_state_dict(new BinaryReader(stream));
        using var copied = Make(kind, [new Parameter(c.detach().clone()), new Parameter(d.detach().clone())], lr: 0.5);
        copied.load_state_dict(optimizer.state_dict());
        for (var i = 0; i < 3; i++)
        {
            Step(optimizer, a, b);
            Step(resumed, c, d);
        }

        c.Equals(a).ShouldBeTrue();
        d.Equals(b).ShouldBeTrue();
        copied.ParamGroups.Single().LearningRate.ShouldBe(0.1);
    }

    [Fact]
    public void AState_CanBeReadAndSetParameterByParameter()
    {
        var (a, b) = Parameters(float32);
        using var optimizer = optim.AdamW([a, b], lr: 0.1);
        Step(optimizer, a, b);
        var states = optimizer.state_dict();
        states.StateIndexRef.Single().ShouldBe([0, 1]);
        var state = states.State[0].ShouldBeOfType<AdamW.State>();
        state.step.ShouldBe(1);
        state.exp_avg.shape.ShouldBe([3]);
        state.exp_avg.zero_();
        state.step = 7;
        ((AdamW.State)optimizer.state_dict().State[0]).step.ShouldBe(7);
        Values.Of(((AdamW.State)optimizer.state_dict().State[0]).exp_avg).ShouldAllBe(value => value == 0);
    }

    [Fact]
    public void Groups_HaveTheirOwnOptions()
    {
        var (a, b) = Parameters(float32);
        using var optimizer = optim.AdamW([new AdamW.ParamGroup([a], lr: 0.1, weight_decay: 0.5), new AdamW.ParamGroup([b], lr: 0)]);
        Step(optimizer, a, b);
        b.ShouldHold(0.3, -0.1);
        // 1 - 0.1 * 0.5, then one step of the learning rate against the gradient's sign.
        a.ShouldBeNear(1e-5, 0.95 - 0.1, -1.9 - 0.1, 0.475 - 0.1);
        foreach (var group in optimizer.ParamGroups)
            group.LearningRate = 0.25;
        optimizer.ParamGroups.Select(group => group.LearningRate).ShouldBe([0.25, 0.25]);
    }

    [Fact]
    public void ParametersWithoutGradient_AreLeftAlone()
    {
        var (a, b) = Parameters(float32);
        using var optimizer = optim.AdamW([a, b], weight_decay: 0.1);
        (a * 2).sum().backward();
        optimizer.step();
        b.ShouldHold(0.3, -0.1);
        ((AdamW.State)optimizer.state_dict().State[1]).step.ShouldBe(0);
    }

    [Fact]
    public void NonContiguousAndBFloat16Parameters_AreStepped()
    {
        var odd = new Parameter(arange(6, float32).reshape(2, 3).t());
        odd.is_contiguous().ShouldBeFalse();
        var plain = new Parameter(arange(6, float32).reshape(2, 3).t().contiguous());
        var low = new Parameter(tensor(new[] { 1f, -2f }).bfloat16());
        using var optimizer = optim.AdamW([odd, plain, low], lr: 0.1);
        for (var i = 0; i < 3; i++)
        {
            optimizer.zero_grad();
            (odd.pow(2).sum() + plain.pow(2).sum() + low.pow(2).sum().to(float32)).backward();
            optimizer.step();
        }

        odd.ShouldBeNear(1e-6, Values.Of(plain));
        low.ShouldBeNear(0.01, 0.7, -1.7);
    }

    [Fact]
    public void ZeroGrad_ZeroesInPlace()
    {
        var (a, b) = Parameters(float32);
        using var optimizer = optim.AdamW([a, b], lr: 0.1);
        Step(optimizer, a, b);
        optimizer.zero_grad();
        a.grad!.ShouldHold(0, 0, 0);
    }

    [Fact]
    public void ClipGradNorm_ScalesToTheLimit()
    {
        var one = new Parameter(zeros(2));
        var two = new Parameter(zeros(1, 1));
        one.grad = tensor(new[] { 3f, 4f });
        two.grad = tensor(new[,] { { 12f } });
        nn.utils.clip_grad_norm_([one, two], 26).ShouldBe(13, 1e-6);
        one.grad!.ShouldHold(3, 4);
        nn.utils.clip_grad_norm_([one, two], 1.3).ShouldBe(13, 1e-6);
        one.grad!.ShouldBeNear(1e-6, 0.3, 0.4);
        two.grad!.ShouldBeNear(1e-6, 1.2);
        nn.utils.clip_grad_value_([one], 0.35);
        one.grad!.ShouldHold(0.3, 0.35);
    }

    [Fact]
    public void BadArguments_AreRefused()
    {
        var (a, b) = Parameters(float32);
        Should.Throw<ArgumentException>(() => optim.AdamW([a], lr: -1));
        Should.Throw<ArgumentException>(() => optim.AdamW([a], beta1: 1));
        Should.Throw<ArgumentException>(() => optim.AdamW([a, a]));
        using var optimizer = optim.AdamW([a]);
        using var stream = new MemoryStream();
        optimizer.save_state_dict(new BinaryWriter(stream));
        stream.Position = 0;
        using var other = optim.AdamW([a, b]);
        Should.Throw<InvalidDataException>(() => other.load_state_dict(new BinaryReader(stream)));
        using var another = new MemoryStream();
        new BinaryWriter(another).Write("SGD");
        another.Position = 0;
        Should.Throw<InvalidDataException>(() => optimizer.load_state_dict(new BinaryReader(another)));
    }

    private static (Parameter a, Parameter b) Parameters(ScalarType type) => (
        new Parameter(tensor(new[] { 1.0, -2, 0.5 }, dtype: type)),
        new Parameter(tensor(new[,] { { 0.3, -0.1 } }, dtype: type)));

    private static OptimizerHelper Make(string kind, Parameter[] parameters, double lr = 0.1) => kind switch
    {
        "adamw" => optim.AdamW(parameters, lr, 0.8, 0.95, 1e-6, 0.2),
        "amsgrad" => optim.AdamW(parameters, lr, amsgrad: true),
        "maximize" => optim.AdamW(parameters, lr, maximize: true),
        _ => throw new ArgumentException(kind),
    };

    private static void Step(OptimizerHelper optimizer, Parameter a, Parameter b)
    {
        using var scope = NewDisposeScope();
        optimizer.zero_grad();
        ((a.pow(3).sum() * 0.5) + (b.sin() * a[0]).sum()).backward();
        optimizer.step();
    }
}
