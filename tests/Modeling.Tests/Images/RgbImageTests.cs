using System.Text;
using PairUni.Modeling.Images;

namespace PairUni.Modeling.Tests.Images;

public class RgbImageTests
{
    [Fact]
    public void Png_RoundTripsWithoutLoss()
    {
        var image = Gradient(13, 7);
        var back = RgbImage.Decode(image.EncodePng());
        (back.Width, back.Height).ShouldBe((13, 7));
        back.Pixels.ShouldBe(image.Pixels);
    }

    [Fact]
    public void Enlarged_RepeatsEachPixel()
    {
        var enlarged = new RgbImage(2, 1, [1, 2, 3, 4, 5, 6]).Enlarged(2);
        (enlarged.Width, enlarged.Height).ShouldBe((4, 2));
        enlarged.Pixels.ShouldBe(new byte[] { 1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6, 1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6 });
    }

    [Fact]
    public void Jpeg_RoundTripsNearly()
    {
        var image = Gradient(32, 32);
        var back = RgbImage.Decode(image.EncodeJpeg(95));
        image.Pixels.Zip(back.Pixels, (a, b) => Math.Abs(a - b)).Average().ShouldBeLessThan(4);
    }

    [Theory]
    [InlineData("b_55x128")]
    [InlineData("e_77x101")]
    public void Load_OfAJpeg_GivesTheReferencePixels(string name)
    {
        var reference = RgbImage.Load(Fixture.Image(name + ".rgb.png"));
        var actual = RgbImage.Load(Fixture.Image(name + ".jpg"));
        (actual.Width, actual.Height).ShouldBe((reference.Width, reference.Height));
        actual.Pixels.Zip(reference.Pixels, (a, b) => Math.Abs(a - b)).Max().ShouldBeLessThanOrEqualTo(2);
    }

    [Fact]
    public void Load_OfALosslessWebp_GivesThePixels() =>
        RgbImage.Load(Fixture.Image("gradient_13x7.lossless.webp")).Pixels.ShouldBe(Gradient(13, 7).Pixels);

    [Fact]
    public void Load_OfAWebp_GivesThePixelsNearly()
    {
        var image = RgbImage.Load(Fixture.Image("slope_64x48.webp"));
        (image.Width, image.Height).ShouldBe((64, 48));
        // Drawn with red 3x, green 4y, blue 60; chroma is stored at half the resolution.
        for (var y = 4; y < 44; y++)
            for (var x = 4; x < 60; x++)
                new[] { image.Pixels[((y * 64) + x) * 3] - (3 * x), image.Pixels[(((y * 64) + x) * 3) + 1] - (4 * y), image.Pixels[(((y * 64) + x) * 3) + 2] - 60 }
                    .ShouldAllBe(difference => Math.Abs(difference) < 16);
    }

    [Fact]
    public void Load_OfAWebpThatUnfoldsToFarMoreThanItsFile_IsRefusedBeforeItTakesMemory() =>
        Should.Throw<ImageFileException>(() => RgbImage.Load(Fixture.Image("bomb_12000x12000.webp"))).Message.ShouldEndWith("The WebP is too large: 12000 x 12000 pixels exceed the limit of 67108864.");

    [Fact]
    public void Decode_OfADamagedWebp_NamesTheImage()
    {
        var file = File.ReadAllBytes(Fixture.Image("slope_64x48.webp"));
        foreach (var length in Enumerable.Range(12, file.Length - 13))
            Should.Throw<ImageFileException>(() => RgbImage.Decode(file.AsSpan(0, length), "cat.webp")).Message.ShouldStartWith("cat.webp: The WebP cannot be decoded: ");
    }

    [Fact]
    public void Save_ChoosesTheFormatByExtension()
    {
        using var folder = new TemporaryFolder();
        foreach (var (name, first) in new[] { ("a.png", (byte)0x89), ("b.JPG", (byte)0xFF) })
        {
            Gradient(4, 4).Save(Path.Combine(folder.Path, name));
            File.ReadAllBytes(Path.Combine(folder.Path, name))[0].ShouldBe(first);
        }
        Should.Throw<ImageFileException>(() => Gradient(4, 4).Save(Path.Combine(folder.Path, "c.bmp"))).Message.ShouldContain("c.bmp");
    }

    [Fact]
    public void Decode_OfDamagedBytes_NamesTheImage()
    {
        var png = Gradient(9, 9).EncodePng();
        Should.Throw<ImageFileException>(() => RgbImage.Decode(png.AsSpan(0, png.Length / 2), "cat.png")).Message.ShouldStartWith("cat.png: ");
        Should.Throw<ImageFileException>(() => RgbImage.Decode(Encoding.ASCII.GetBytes("no image at all"), "dog.png")).Message.ShouldStartWith("dog.png: ");
        Should.Throw<ImageFileException>(() => RgbImage.Decode([])).Message.ShouldStartWith("image: ");
    }

    [Fact]
    public void Decode_OfTooLargeAnImage_IsRefused() =>
        Should.Throw<ImageFileException>(() => RgbImage.Decode(Gradient(20, 20).EncodePng(), maxPixels: 399));

    [Fact]
    public void Load_OfAMissingFile_NamesThePath() =>
        Should.Throw<ImageFileException>(() => RgbImage.Load("/nowhere/at-all.png")).Message.ShouldContain("/nowhere/at-all.png");

    [Fact]
    public void Encode_OfAnImageWithTooFewBytes_IsRefused() =>
        Should.Throw<ImageFileException>(() => new RgbImage(4, 4, new byte[3]).EncodePng()).Message.ShouldContain("48 bytes, not 3");

    private static RgbImage Gradient(int width, int height) =>
        new(width, height, [.. Enumerable.Range(0, width * height * 3).Select(i => (byte)(i * 5 % 256 / 2))]);
}
