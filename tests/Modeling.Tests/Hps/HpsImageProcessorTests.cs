using PairUni.Modeling.Files;
using PairUni.Modeling.Hps;
using PairUni.Modeling.Images;
using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Modeling.Tests.Hps;

public class HpsImageProcessorTests
{
    // Bicubic weights in float32 and sums of sixteen or more products of values up to 2.2.
    private const double Tolerance = 3e-6;

    [Theory]
    [InlineData("hps_a", true)]
    [InlineData("hps_a", false)]
    [InlineData("hps_b", true)]
    [InlineData("hps_b", false)]
    public void BothVariants_GiveTheOriginalsPixels(string model, bool antialias)
    {
        using DisposeScope scope = NewDisposeScope();
        using HpsReference reference = new(model);
        Tensor pixels = new HpsImageProcessor(reference.Config.Vision.ImageSize, antialias).Process(HpsReference.Images);
        Tensor expected = reference[antialias ? "antialias/pixel_values" : "no_antialias/pixel_values"];
        pixels.shape.ShouldBe(expected.shape);
        (pixels - expected).abs().max().ToDouble().ShouldBeLessThanOrEqualTo(Tolerance);
    }

    [Theory]
    [InlineData("size224_antialias", true)]
    [InlineData("size224_no_antialias", false)]
    public void AtTheRealSize_TheyGiveTheOriginalsPixels(string name, bool antialias)
    {
        using DisposeScope scope = NewDisposeScope();
        using SafetensorsFile expected = SafetensorsFile.Open(Fixture.Hps($"{name}.safetensors"));
        Tensor pixels = new HpsImageProcessor(224, antialias).Process(RgbImage.Load(Fixture.Image("e_77x101.rgb.png")));
        pixels.shape.ShouldBe([3, 224, 224]);
        Distance(pixels.slice(1, 0, 224, 2).slice(2, 0, 224, 2), expected.Read("pixel_values")).ShouldBeLessThanOrEqualTo(Tolerance);
        Distance(pixels.select(1, 112), expected.Read("row_112_full")).ShouldBeLessThanOrEqualTo(Tolerance);
        Distance(pixels.select(2, 112), expected.Read("col_112_full")).ShouldBeLessThanOrEqualTo(Tolerance);
    }

    [Fact]
    public void BothVariants_DifferWhereAnImageShrinks()
    {
        using DisposeScope scope = NewDisposeScope();
        var image = HpsReference.Images[2];
        Distance(new HpsImageProcessor(56).Process(image), new HpsImageProcessor(56, antialias: false).Process(image)).ShouldBeGreaterThan(0.1);
    }

    // (0 - mean) / std and (1 - mean) / std of the first channel.
    [Fact]
    public void PaddingIsBlack_AndTheOddRowLiesBelow()
    {
        using DisposeScope scope = NewDisposeScope();
        float[] column = new HpsImageProcessor(5).Process(RgbImage.Filled(5, 2, 255, 255, 255))[0].select(1, 2).data<float>().ToArray();
        column.ShouldBe([-1.7922626f, 1.9303361f, 1.9303361f, -1.7922626f, -1.7922626f], 1e-6);
    }

    [Fact]
    public void ASideThatWouldVanish_KeepsOnePixel()
    {
        using Tensor pixels = new HpsImageProcessor(8).Process(RgbImage.Filled(1000, 1, 255, 255, 255));
        pixels.shape.ShouldBe([3, 8, 8]);
    }

    private static double Distance(Tensor found, Tensor expected) => (found - expected).abs().max().ToDouble();
}
