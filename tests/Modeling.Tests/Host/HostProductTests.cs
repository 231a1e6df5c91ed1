using PairUni.Modeling.Host;
using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Modeling.Tests.Host;

public class HostProductTests
{
    [Theory]
    [InlineData(1, 1, 16)]
    [InlineData(2, 3, 32)]
    [InlineData(3, 4, 48)]
    [InlineData(5, 7, 64)]
    [InlineData(96, 130, 32)]
    [InlineData(2, 4099, 512)]
    public void AProductWithBfloat16Weights_IsThatOfTheWidenedWeights(int rows, int outputs, int width)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        Tensor x_BD = randn(rows, width, generator: new Generator(1));
        Tensor weight_OD = randn(outputs, width, generator: new Generator(2)).to_type(ScalarType.BFloat16);
        Tensor expected_BO = x_BD.to_type(ScalarType.Float64).matmul(weight_OD.to_type(ScalarType.Float64).t());

        HostProduct.Suits(x_BD, weight_OD).ShouldBeTrue();
        Tensor found_BO = HostProduct.Run(x_BD, weight_OD);
        found_BO.shape.ShouldBe([rows, outputs]);
        (found_BO.to_type(ScalarType.Float64) - expected_BO).abs().max().ToDouble().ShouldBeLessThan(1e-6 * width);
    }

    [Theory]
    [InlineData(1, 1, 16)]
    [InlineData(3, 7, 48)]
    [InlineData(2, 4099, 512)]
    public void AProductWithFloat32Weights_IsAddedToWhatIsThere(int rows, int outputs, int width)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x_BD = randn(rows, width, generator: new Generator(1));
        Tensor weight_OD = randn(outputs, width, generator: new Generator(2));
        Tensor found_BO = ones(rows, outputs);
        Tensor expected_BO = x_BD.to_type(ScalarType.Float64).matmul(weight_OD.to_type(ScalarType.Float64).t()) + 1;

        HostProduct.Run(x_BD, weight_OD, found_BO, add: true);
        (found_BO.to_type(ScalarType.Float64) - expected_BO).abs().max().ToDouble().ShouldBeLessThan(1e-6 * width);
    }

    [Fact]
    public void ASeriesOfRows_KeepsItsShape()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        HostProduct.Run(ones(2, 3, 32), ones(5, 32, ScalarType.BFloat16)).Equals(full(2, 3, 5, 32f)).ShouldBeTrue();
    }

    [Fact]
    public void WhatItCannotDo_IsLeftToOthers()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor weight = ones(4, 32, ScalarType.BFloat16);
        HostProduct.Suits(ones(1, 32), weight).ShouldBeFalse("gradients are on");
        using IDisposable guard = no_grad();
        HostProduct.Suits(ones(1, 32), weight).ShouldBeTrue();
        HostProduct.Suits(ones(97, 32), weight).ShouldBeFalse();
        HostProduct.Suits(ones(1, 32), ones(4, 32)).ShouldBeFalse();
        HostProduct.Suits(ones(1, 20), ones(4, 20, ScalarType.BFloat16)).ShouldBeFalse();
        HostProduct.Suits(ones(1, 32, ScalarType.BFloat16), weight).ShouldBeFalse();
    }
}
