using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace PairUni.Compat.TorchSharp.Tests;

// Numbers from PyTorch 1.13.
public class FunctionalTests
{
    private readonly Tensor x = tensor(new[,] { { -1.5f, 0.25f, 2.0f }, { 0.5f, -0.75f, 3.0f } });

    [Fact]
    public void Normalisations_AgreeWithPyTorch()
    {
        F.layer_norm(x, [3], tensor(new[] { 1f, 2f, .5f }), tensor(new[] { 0f, .1f, -.1f }))
            .ShouldHold(-1.22474182, 0.100000001, 0.512370884, -0.267260641, -2.03808546, 0.568151712);
        F.group_norm((arange(16, float32).reshape(1, 4, 2, 2) * 0.5) - 3, 2)
            .ShouldHold(-1.52751946, -1.09108543, -0.654651225, -0.218217075, 0.218217075, 0.654651225, 1.09108543, 1.52751946, -1.52751946, -1.09108543, -0.654651225, -0.218217075, 0.218217075, 0.654651225, 1.09108543, 1.52751946);
        F.normalize(x).ShouldHold(-0.597022355, 0.0995037258, 0.796029806, 0.159617379, -0.239426062, 0.957704246);
    }

    [Fact]
    public void Losses_AgreeWithPyTorch()
    {
        F.cross_entropy(x, tensor(new long[] { 2, 0 })).ShouldHold(1.39300811);
        F.cross_entropy(x, tensor(new long[] { 2, -100 }), label_smoothing: 0.1).ShouldHold(0.360625595);
        F.cross_entropy(x, tensor(new long[] { 2, 0 }), reduction: nn.Reduction.None).shape.ShouldBe([2]);
        F.mse_loss(x, x * 2).ShouldHold(2.6875);
        F.mse_loss(x, x * 2, nn.Reduction.Sum).ShouldHold(16.125);
        F.l1_loss(x, x * 2).ShouldHold(8.0 / 6);
        F.nll_loss(x.log_softmax(1), tensor(new long[] { 2, 0 })).ShouldHold(1.39300811);
        F.binary_cross_entropy_with_logits(zeros(2), ones(2)).ShouldHold(0.693147181);
    }

    [Fact]
    public void Interpolation_AgreesWithPyTorch()
    {
        var image = arange(16, float32).reshape(1, 1, 4, 4);
        F.interpolate(image, [2, 3]).ShouldHold(0, 1, 2, 8, 9, 10);
        F.interpolate(image, [2, 3], mode: InterpolationMode.Bilinear).ShouldHold(2.16666675, 3.5, 4.83333349, 10.166667, 11.5, 12.833333);
        F.interpolate(image, [2, 3], mode: InterpolationMode.Bicubic).ShouldHold(1.75115788, 3.125, 4.49884367, 10.5011597, 11.875, 13.2488451);
        F.interpolate(image, [2, 2], mode: InterpolationMode.Bicubic, antialias: true).ShouldHold(2.93388414, 4.76033068, 10.2396698, 12.0661154);
        F.interpolate(image[.., .., ..2, ..2], scale_factor: [1.5], mode: InterpolationMode.Bilinear, align_corners: true).ShouldHold(0, 0.5, 1, 2, 2.5, 3, 4, 4.5, 5);
        F.interpolate(image, [2, 2], mode: InterpolationMode.Area).ShouldHold(2.5, 4.5, 10.5, 12.5);
        F.interpolate(image, scale_factor: [2]).shape.ShouldBe([1, 1, 8, 8]);
        Should.Throw<ArgumentException>(() => F.interpolate(image));
        Should.Throw<ArgumentException>(() => F.interpolate(image, [2], antialias: true));
    }

    [Fact]
    public void Convolutions_AgreeWithPyTorch()
    {
        var weight = arange(18, float32).reshape(1, 2, 3, 3) * 0.1;
        var image = arange(32, float32).reshape(1, 2, 4, 4) * 0.05;
        F.conv2d(image, weight, tensor(new[] { 0.5f }), [2, 2], [1, 1]).ShouldHold(6.4800005, 10.0800009, 12.0650005, 18.2900009);
        F.conv_transpose2d(image[.., .., ..2, ..2], weight.permute(1, 0, 2, 3), strides: [2, 2]).sum().ShouldHold(45.0900078);
        F.avg_pool2d(image, 2).shape.ShouldBe([1, 2, 2, 2]);
        F.max_pool2d(image, 2)[0, 0, 0, 0].ShouldHold(0.25);
        F.unfold(image, 2).shape.ShouldBe([1, 8, 9]);
    }

    [Fact]
    public void Attention_AgreesWithPyTorch()
    {
        var q = (arange(6, float32).reshape(1, 3, 2) * 0.3) - 0.5;
        double[] expected = [0.5, 0.800000012, 0.815895081, 1.11589515, 1.24120879, 1.54120874];
        F.scaled_dot_product_attention(q, q * 0.5, q + 1, is_casual: true).ShouldHold(expected);
        var mask = ones(3, 3).tril().to(ScalarType.Bool);
        F.scaled_dot_product_attention(q, q * 0.5, q + 1, mask).ShouldHold(expected);
        var bias = zeros(3, 3).masked_fill(mask.logical_not(), double.NegativeInfinity);
        F.scaled_dot_product_attention(q, q * 0.5, q + 1, bias).ShouldHold(expected);
        Should.Throw<ArgumentException>(() => F.scaled_dot_product_attention(q, q, q, mask, is_casual: true));
    }

    [Fact]
    public void Padding_AgreesWithPyTorch()
    {
        F.pad(arange(4, float32).reshape(1, 1, 2, 2), (1, 0, 0, 1), value: 9).ShouldHold(9, 0, 1, 9, 2, 3, 9, 9, 9);
        F.pad(arange(9, float32).reshape(1, 1, 3, 3), new long[] { 1, 1, 0, 0 }, PaddingModes.Reflect)
            .ShouldHold(1, 0, 1, 2, 1, 4, 3, 4, 5, 4, 7, 6, 7, 8, 7);
    }

    [Fact]
    public void Dropout_ScalesWhatItKeeps()
    {
        var dropped = F.dropout(ones(10000), 0.25);
        Values.Of(dropped).Distinct().Order().ShouldBe([0, 1.3333333730697632]);
        dropped.mean().ToDouble().ShouldBe(1, 0.05);
        F.dropout(x, 0.5, training: false).Equals(x).ShouldBeTrue();
    }

    [Fact]
    public void OneHot_HasAOneForEachIndex() => F.one_hot(tensor(new long[] { 1, 0 }), 3).ShouldHold(0, 1, 0, 1, 0, 0);
}
