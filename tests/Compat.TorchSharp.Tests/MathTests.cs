using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace PairUni.Compat.TorchSharp.Tests;

// Numbers from PyTorch 1.13.
public class MathTests
{
    private readonly Tensor x = tensor(new[,] { { -1.5f, 0.25f, 2.0f }, { 0.5f, -0.75f, 3.0f } });

    [Fact]
    public void Operators_TakeTensorsAndNumbersOnEitherSide()
    {
        var a = tensor(new[] { 1f, 2f, 4f });
        (a + a).ShouldHold(2, 4, 8);
        (a + 1).ShouldHold(2, 3, 5);
        (1.5 + a).ShouldHold(2.5, 3.5, 5.5);
        (a - 0.5f).ShouldHold(0.5, 1.5, 3.5);
        (1 - a).ShouldHold(0, -1, -3);
        (a * 2L).ShouldHold(2, 4, 8);
        (a / 2).ShouldHold(0.5, 1, 2);
        (2 / a).ShouldHold(2, 1, 0.5);
        (a % 3).ShouldHold(1, 2, 1);
        (-a).ShouldHold(-1, -2, -4);
        (a > 1).ShouldHold(0, 1, 1);
        (2 >= a).ShouldHold(1, 1, 0);
        (a == 2).ShouldHold(0, 1, 0);
        ((a > 1) & (a < 4)).ShouldHold(0, 1, 0);
        (~(a > 1)).ShouldHold(1, 0, 0);
        a.add(a, 0.5).ShouldHold(1.5, 3, 6);
        a.pow(2).ShouldHold(1, 4, 16);
        a.div(tensor(new[] { 3f, 3f, 3f }), RoundingMode.floor).ShouldHold(0, 0, 1);
    }

    [Fact]
    public void Types_ArePromotedAsInPyTorch()
    {
        (tensor(1f) * 2.0).dtype.ShouldBe(ScalarType.Float32);
        (tensor(1f).bfloat16() * 0.5).dtype.ShouldBe(ScalarType.BFloat16);
        (tensor(1L) * 0.5).dtype.ShouldBe(ScalarType.Float32);
        (tensor(1L) / tensor(2L)).dtype.ShouldBe(ScalarType.Float32);
        (tensor(1) + tensor(1L)).dtype.ShouldBe(ScalarType.Int64);
    }

    [Fact]
    public void InPlaceOperators_ReturnTheTensorItself()
    {
        var a = tensor(new[] { 1f, 2f });
        ReferenceEquals(a.add_(1), a).ShouldBeTrue();
        ReferenceEquals(a.mul_(a), a).ShouldBeTrue();
        ReferenceEquals(a.clamp_(0, 5), a).ShouldBeTrue();
        ReferenceEquals(a.copy_(tensor(new[] { 7f, 8f })), a).ShouldBeTrue();
        ReferenceEquals(a.zero_(), a).ShouldBeTrue();
        a.ShouldHold(0, 0);
    }

    [Fact]
    public void Activations_AgreeWithPyTorch()
    {
        F.gelu(x).ShouldHold(-0.10021086, 0.149676561, 1.95449996, 0.345731199, -0.169970468, 2.99595022);
        F.gelu(x, global::TorchSharp.Modules.GELU.Approximate.tanh).ShouldHold(-0.100428432, 0.149675354, 1.95459771, 0.345714003, -0.170039475, 2.99636269);
        F.silu(x).ShouldHold(-0.273638278, 0.140544131, 1.76159406, 0.311229676, -0.240615964, 2.85772252);
        F.relu(x).ShouldHold(0, 0.25, 2, 0.5, 0, 3);
        x.sigmoid().ShouldHold(0.182425529, 0.562176526, 0.880797029, 0.622459352, 0.320821285, 0.952574134);
        x.erf().ShouldHold(-0.966105163, 0.276326388, 0.995322287, 0.520499885, -0.711155653, 0.999977887);
        x.softmax(1).ShouldHold(0.0250814799, 0.144333944, 0.830584526, 0.0742445737, 0.0212714262, 0.904484034);
        x.log_softmax(-1).ShouldHold(-3.68562555, -1.93562555, -0.185625583, -2.60039067, -3.85039067, -0.10039065);
        x.softmax(1, float64).dtype.ShouldBe(ScalarType.Float64);
    }

    [Fact]
    public void Reductions_AgreeWithPyTorch()
    {
        x.sum().ShouldHold(3.5);
        x.sum(1).ShouldHold(0.75, 2.75);
        x.sum(0, 1).ShouldHold(3.5);
        x.sum(1, true).shape.ShouldBe([2, 1]);
        x.sum(new long[] { 0 }, type: float64).dtype.ShouldBe(ScalarType.Float64);
        x.mean().ShouldHold(3.5 / 6);
        x.mean(new long[] { 0 }).ShouldHold(-0.5, -0.25, 2.5);
        x.std(1).ShouldHold(1.75, 1.90940654);
        x.var(1, unbiased: false).ShouldHold(2.04166675, 2.43055558);
        x.norm().ShouldHold(4.01559448);
        x.norm(1, p: 1f).ShouldHold(3.75, 4.25);
        x.logsumexp(1).ShouldHold(2.18562555, 3.10039067);
        x.max().ShouldHold(3);
        x.amin(1).ShouldHold(-1.5, -0.75);
        x.argmax().ShouldHold(5);
        x.argmin(1).ShouldHold(0, 1);
        x.prod(1).ShouldHold(-0.75, -1.125);
        x.cumsum(1).ShouldHold(-1.5, -1.25, 0.75, 0.5, -0.25, 2.75);
        (x > 0).any(1).ShouldHold(1, 1);
        (x > -1).all().ShouldHold(0);
        var (largest, places) = x.topk(2, 1);
        largest.ShouldHold(2, 0.25, 3, 0.5);
        places.ShouldHold(2, 1, 2, 0);
        var (sorted, order) = x.sort(1, descending: true);
        sorted.ShouldHold(2, 0.25, -1.5, 3, 0.5, -0.75);
        order.ShouldHold(2, 1, 0, 2, 0, 1);
        var (values, indexes) = x.max(0);
        values.ShouldHold(0.5, 0.25, 3);
        indexes.ShouldHold(1, 0, 1);
        tensor(new[] { 1f, 2, 4, 8 }).quantile(tensor(new[] { .25f, .5f })).ShouldHold(1.75, 3);
        bincount(tensor(new long[] { 0, 2, 2 })).ShouldHold(1, 0, 2);
    }

    [Fact]
    public void Products_AgreeWithPyTorch()
    {
        var a = arange(8, float32).reshape(2, 2, 2);
        einsum("bij,bjk->bik", a, a).ShouldHold(2, 3, 6, 11, 46, 55, 66, 79);
        a.bmm(a).ShouldHold(2, 3, 6, 11, 46, 55, 66, 79);
        a.matmul(a[0]).ShouldHold(2, 3, 6, 11, 10, 19, 14, 27);
        a[0].mm(a[1]).ShouldHold(6, 7, 26, 31);
        var m = arange(4, float32).reshape(1, 2, 2);
        baddbmm(ones(1, 2, 2), m, m, 0.5f, 2).ShouldHold(4.5, 6.5, 12.5, 22.5);
        addmm(ones(2, 2), m[0], m[0], 1, 1).ShouldHold(3, 4, 7, 12);
        F.linear(ones(1, 2), m[0], tensor(new[] { 1f, 2f })).ShouldHold(2, 7);
    }

    [Fact]
    public void Pointwise_FunctionsAgreeWithPyTorch()
    {
        var a = tensor(new[] { 1f, 4f });
        a.sqrt().ShouldHold(1, 2);
        a.rsqrt().ShouldHold(1, 0.5);
        a.log().ShouldHold(0, 1.38629436);
        a.exp().ShouldHold(2.71828183, 54.59815);
        tensor(new[] { 1f, 2f }).lerp(tensor(new[] { 3f, 6f }), tensor(new[] { 0.25f, 0.5f })).ShouldHold(1.5, 4);
        a.maximum(tensor(new[] { 2f, 3f })).ShouldHold(2, 4);
        x.clamp(-1.0, 1.0).ShouldHold(-1, 0.25, 1, 0.5, -0.75, 1);
        x.clamp(min: 0).ShouldHold(0, 0.25, 2, 0.5, 0, 3);
        tensor(new[] { 0.5f, 1.5f, 2.25f }).round().ShouldHold(0, 2, 2);
        tensor(new[] { 1.2345f }).round(2).ShouldHold(1.23);
        tensor(new[] { float.NaN, 1f }).isnan().ShouldHold(1, 0);
        tensor(new[] { float.PositiveInfinity, 1f }).isfinite().ShouldHold(0, 1);
        where(x > 0, x, zeros_like(x)).ShouldHold(0, 0.25, 2, 0.5, 0, 3);
        x.where(x > 0, zeros_like(x)).ShouldHold(0, 0.25, 2, 0.5, 0, 3);
        searchsorted(tensor(new[] { 1f, 3, 5 }), tensor(new[] { 0f, 3, 4, 9 })).ShouldHold(0, 1, 2, 3);
        searchsorted(tensor(new[] { 1f, 3, 5 }), tensor(new[] { 0f, 3, 4, 9 }), right: true).ShouldHold(0, 2, 2, 3);
    }

    [Fact]
    public void Comparison_OfWholeTensorsIsABool()
    {
        x.Equals(x.clone()).ShouldBeTrue();
        x.Equals(x + 1).ShouldBeFalse();
        x.allclose(x + 1e-9).ShouldBeTrue();
        x.equal(x).all().item<bool>().ShouldBeTrue();
    }
}
