using PairUni.Modeling.Images;
using static TorchSharp.torch;

namespace PairUni.Modeling.Tests.Images;

public class ImageTensorTests
{
    [Fact]
    public void ToImages_ScalesClipsAndTruncates()
    {
        // One pixel each, channels first: -1 -> 0, 0 -> 127.5 -> 127, 0.999 -> 254.87 -> 254; outside is clipped.
        using var images_BCHW = tensor(new[] { -1f, 0f, 0.999f, -3f, 7f, float.NaN }, [2, 3, 1, 1]);
        var images = ImageTensor.ToImages(images_BCHW);
        images[0].Pixels.ShouldBe(new byte[] { 0, 127, 254 });
        images[1].Pixels.ShouldBe(new byte[] { 0, 255, 0 });
    }

    [Fact]
    public void FromImages_ThenToImages_KeepsEveryByteWithinOne()
    {
        var image = new RgbImage(16, 16, [.. Enumerable.Range(0, 768).Select(i => (byte)i)]);
        using var images_BCHW = ImageTensor.FromImages([image, image]);
        images_BCHW.shape.ShouldBe([2L, 3L, 16L, 16L]);
        images_BCHW[0, 0, 0, 0].item<float>().ShouldBe(-1f);
        images_BCHW[1, 2, 5, 5].item<float>().ShouldBe((image.Pixels[((5 * 16) + 5) * 3 + 2] / 127.5f) - 1);
        var back = ImageTensor.ToImages(images_BCHW);
        back[1].Pixels.Zip(image.Pixels, (a, b) => Math.Abs(a - b)).Max().ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public void ToImages_OfATransposedTensor_ReadsItByItsStrides()
    {
        using var images_BHWC = tensor(new[] { -1f, 1f, -1f, 1f, -1f, 1f }, [1, 1, 2, 3]);
        using var images_BCHW = images_BHWC.permute(0, 3, 1, 2);
        ImageTensor.ToImages(images_BCHW)[0].Pixels.ShouldBe(new byte[] { 0, 255, 0, 255, 0, 255 });
    }

    [Fact]
    public void FromImages_OfDifferentSizes_IsRefused() =>
        Should.Throw<ArgumentException>(() => ImageTensor.FromImages([RgbImage.Filled(2, 2, 0, 0, 0), RgbImage.Filled(2, 3, 0, 0, 0)]));

    [Fact]
    public void Process_GivesTheNormalisedPixelsAsATensor()
    {
        var processor = new JanusImageProcessor(48);
        var image = RgbImage.Load(Fixture.Image("a_91x37.png"));
        using var pixels_CHW = processor.Process(image);
        pixels_CHW.shape.ShouldBe([3L, 48L, 48L]);
        pixels_CHW.data<float>().ToArray().ShouldBe(processor.Pixels(image));
    }
}
