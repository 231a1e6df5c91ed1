using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Compat.TorchSharp.Tests;

/// <summary>Comparison of tensors with expected numbers.</summary>
internal static class Values
{
    public static double[] Of(Tensor tensor)
    {
        using var wide = tensor.detach().to(float64).contiguous();
        return wide.data<double>().ToArray();
    }

    public static void ShouldBeNear(this Tensor tensor, double tolerance, params double[] expected)
    {
        var found = Of(tensor);
        found.Length.ShouldBe(expected.Length);
        for (var i = 0; i < expected.Length; i++)
            found[i].ShouldBe(expected[i], tolerance * Math.Max(1, Math.Abs(expected[i])), $"element {i}");
    }

    public static void ShouldHold(this Tensor tensor, params double[] expected) => tensor.ShouldBeNear(1e-6, expected);
}
