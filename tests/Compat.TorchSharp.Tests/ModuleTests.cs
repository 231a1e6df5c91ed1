using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace PairUni.Compat.TorchSharp.Tests;

[Collection("alone")]
public class ModuleTests
{
    [Fact]
    public void Components_AreNamedByTheirFields()
    {
        using var net = new Net();
        net.named_parameters().Select(entry => entry.name).ShouldBe(
            ["scale", "first.weight", "first.bias", "norm.weight", "norm.bias", "blocks.0.weight", "blocks.0.bias", "blocks.1.weight", "blocks.1.bias", "head.0.weight", "head.2.weight"]);
        net.named_buffers().Select(entry => entry.name).ShouldBe(["offset", "position"]);
        net.state_dict().Keys.ShouldBe(
            ["scale", "offset", "first.weight", "first.bias", "norm.weight", "norm.bias", "blocks.0.weight", "blocks.0.bias", "blocks.1.weight", "blocks.1.bias", "head.0.weight", "head.2.weight"]);
        net.named_children().Select(entry => entry.name).ShouldBe(["first", "norm", "blocks", "head"]);
        net.named_modules().Select(entry => entry.name).ShouldContain("blocks.1");
        net.get_parameter("blocks.1.bias").ShouldNotBeNull();
        net.get_buffer("offset").ShouldNotBeNull();
        net.get_parameter("nothing.there").ShouldBeNull();
        net.has_parameter("head.0.weight").ShouldBeTrue();
    }

    [Fact]
    public void TwoParametersOfEqualValues_AreBothRegistered()
    {
        using var twins = new Twins();
        twins.parameters().Count().ShouldBe(2);
    }

    [Fact]
    public void Forward_TrainAndEval()
    {
        using var net = new Net();
        var x = randn(3, 4);
        net.training.ShouldBeTrue();
        net.eval();
        net.head.training.ShouldBeFalse();
        net.call(x).Equals(net.call(x)).ShouldBeTrue();
        net.call(x).shape.ShouldBe([3, 1]);
        net.train();
        net.head.training.ShouldBeTrue();
    }

    [Fact]
    public void AStateDictionary_MovesToAnotherModule()
    {
        using var one = new Net();
        using var two = new Net();
        one.eval();
        two.eval();
        var x = randn(3, 4);
        two.call(x).allclose(one.call(x)).ShouldBeFalse();
        var (missing, unexpected) = two.load_state_dict(one.state_dict());
        missing.ShouldBeEmpty();
        unexpected.ShouldBeEmpty();
        two.call(x).Equals(one.call(x)).ShouldBeTrue();
        var partial = one.state_dict();
        partial.Remove("scale");
        partial.Add("more", zeros(1));
        Should.Throw<InvalidOperationException>(() => two.load_state_dict(partial)).Message.ShouldContain("missing [scale], unexpected [more]");
        two.load_state_dict(partial, strict: false).missing_keys.ShouldBe(["scale"]);
        partial["first.bias"] = zeros(2);
        Should.Throw<InvalidOperationException>(() => two.load_state_dict(partial, strict: false)).Message.ShouldContain("first.bias");
    }

    [Fact]
    public void AFile_RestoresAModule()
    {
        using var one = new Net();
        using var two = new Net();
        using var stream = new MemoryStream();
        one.save(stream);
        stream.Position = 0;
        two.load(stream);
        foreach (var (name, value) in one.state_dict())
            two.state_dict()[name].Equals(value).ShouldBeTrue(name);
        stream.Position = 0;
        using var other = nn.Linear(1, 1);
        Should.Throw<ArgumentException>(() => other.load(stream));
        Should.Throw<FileNotFoundException>(() => one.load("/nowhere/model.bin"));
    }

    [Fact]
    public void Conversion_ReachesEveryPart_AndKeepsIntegers()
    {
        using var net = new Net().to(float64);
        net.first.weight.dtype.ShouldBe(ScalarType.Float64);
        net.first.weight.requires_grad.ShouldBeTrue();
        net.parameters().ShouldAllBe(parameter => parameter.dtype == ScalarType.Float64);
        net.state_dict()["offset"].dtype.ShouldBe(ScalarType.Float64);
        net.get_buffer("position")!.dtype.ShouldBe(ScalarType.Int64);
        net.call(randn(2, 4, dtype: float64)).dtype.ShouldBe(ScalarType.Float64);
        net.cpu().ShouldBeSameAs(net);
    }

    [Fact]
    public void ZeroGrad_RemovesGradients()
    {
        using var net = new Net();
        net.call(randn(2, 4)).sum().backward();
        net.first.weight.grad.ShouldNotBeNull();
        net.zero_grad(set_to_none: false);
        net.first.weight.grad!.sum().ShouldHold(0);
        net.zero_grad();
        net.first.weight.grad.ShouldBeNull();
    }

    [Fact]
    public void Dispose_ReleasesEverything()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = Tensor.TotalCount;
        using (var net = new Net())
        {
            using var scope = NewDisposeScope();
            net.call(randn(2, 4)).sum().backward();
        }

        Tensor.TotalCount.ShouldBe(before);
    }

    [Fact]
    public void Parameters_OutliveTheScopeTheyWereMadeIn()
    {
        Net net;
        using (NewDisposeScope())
            net = new Net();
        net.first.weight.IsInvalid.ShouldBeFalse();
        net.get_buffer("offset")!.IsInvalid.ShouldBeFalse();
        net.Dispose();
    }

    [Fact]
    public void AParameter_TakesOverItsTensor()
    {
        var source = ones(2);
        var parameter = new Parameter(source);
        source.IsInvalid.ShouldBeTrue();
        parameter.ShouldHold(1, 1);
        parameter.requires_grad.ShouldBeTrue();
        new Parameter(zeros(1), requires_grad: false).requires_grad.ShouldBeFalse();
    }

    [Fact]
    public void Apply_VisitsChildrenFirst()
    {
        using var net = new Net();
        var visited = new List<string>();
        net.apply(module => visited.Add(module.GetName()));
        visited[^1].ShouldBe(nameof(Net));
        visited.ShouldContain(nameof(LayerNorm));
    }

    [Fact]
    public void Hooks_SeeAndChangeWhatPasses()
    {
        using var layer = nn.Linear(2, 2);
        var plain = layer.call(ones(1, 2));
        var remover = layer.register_forward_hook((_, _, output) => output + 1);
        layer.call(ones(1, 2)).allclose(plain + 1).ShouldBeTrue();
        remover.remove();
        layer.call(ones(1, 2)).allclose(plain).ShouldBeTrue();
    }

    [Fact]
    public void Layers_KeepTheirGeometry()
    {
        using var conv = nn.Conv2d(3, 8, 3, stride: 2, padding: 1);
        conv.weight.shape.ShouldBe([8, 3, 3, 3]);
        conv.call(zeros(1, 3, 8, 8)).shape.ShouldBe([1, 8, 4, 4]);
        using var table = nn.Embedding(5, 3, padding_idx: 1);
        table.call(tensor(new long[] { 1, 4 })).shape.ShouldBe([2, 3]);
        table.weight[1].ShouldHold(0, 0, 0);
        using var group = nn.GroupNorm(2, 4);
        group.call(randn(1, 4, 2, 2)).mean().ToDouble().ShouldBe(0, 1e-6);
        using var bare = nn.Linear(2, 2, hasBias: false);
        bare.bias.ShouldBeNull();
        using var empty = nn.Sequential();
        empty.call(ones(1)).ShouldHold(1);
        Should.Throw<ArgumentException>(() => nn.Conv2d(3, 8, 3, groups: 2));
    }

    [Fact]
    public void Initialisers_HaveTheirRangesAndMoments()
    {
        var w = empty(64, 32);
        nn.init.xavier_uniform_(w).abs().max().ToDouble().ShouldBe(Math.Sqrt(6.0 / 96), 1e-3);
        nn.init.kaiming_uniform_(w, Math.Sqrt(5)).abs().max().ToDouble().ShouldBe(1 / Math.Sqrt(32), 1e-3);
        nn.init.trunc_normal_(w, std: 0.02, a: -0.04, b: 0.04).abs().max().ToDouble().ShouldBeLessThanOrEqualTo(0.04);
        nn.init.normal_(w, 1, 0.5).mean().ToDouble().ShouldBe(1, 0.1);
        nn.init.orthogonal_(w).t().matmul(w).allclose(eye(32), atol: 1e-5).ShouldBeTrue();
        nn.init.constant_(w, 3).mean().ShouldHold(3);
    }

    private sealed class Net : Module<Tensor, Tensor>
    {
        public readonly Linear first = nn.Linear(4, 8);
        public readonly LayerNorm norm = nn.LayerNorm(8);
        public readonly ModuleList<Linear> blocks = nn.ModuleList(nn.Linear(8, 8), nn.Linear(8, 8));
        public readonly Sequential head = nn.Sequential(nn.Linear(8, 8, hasBias: false), nn.GELU(), nn.Linear(8, 1, hasBias: false));
        private readonly Parameter scale = new(ones(8));
        private readonly Tensor offset = zeros(8);

        public Net()
            : base(nameof(Net))
        {
            RegisterComponents();
            register_buffer("position", arange(8), persistent: false);
        }

        public override Tensor forward(Tensor input)
        {
            using var scope = NewDisposeScope();
            var hidden = norm.call(first.call(input)) * scale + offset;
            foreach (var block in blocks)
                hidden = hidden + block.call(hidden);
            return head.call(hidden).MoveToOuterDisposeScope();
        }
    }

    private sealed class Twins : Module
    {
        private readonly Parameter one = new(zeros(2));
        private readonly Parameter two = new(zeros(2));

        public Twins()
            : base(nameof(Twins)) => RegisterComponents();
    }
}
