using PairUni.Modeling.Images;

namespace PairUni.Modeling.Tests.Images;

// Expected images are the original processor's bytes after resizing and padding (Pillow 9.4), kept as PNG.
public class JanusImageProcessorTests
{
    [Theory]
    [InlineData("a_91x37.png", 40)]
    [InlineData("a_91x37.png", 48)]
    [InlineData("a_91x37.png", 112)]
    [InlineData("a_91x37.png", 224)]
    [InlineData("b_55x128.rgb.png", 40)]
    [InlineData("b_55x128.rgb.png", 48)]
    [InlineData("b_55x128.rgb.png", 112)]
    [InlineData("c_64x64.png", 40)]
    [InlineData("c_64x64.png", 48)]
    [InlineData("c_64x64.png", 112)]
    [InlineData("d_203x9.png", 40)]
    [InlineData("d_203x9.png", 48)]
    [InlineData("e_77x101.rgb.png", 40)]
    [InlineData("e_77x101.rgb.png", 48)]
    public void ResizeAndPad_GivesTheOriginalBytes(string file, int size)
    {
        var expected = RgbImage.Load(Fixture.Image($"{file[..file.IndexOf('.', StringComparison.Ordinal)]}.size{size}.png"));
        var actual = new JanusImageProcessor(size).ResizeAndPad(RgbImage.Load(Fixture.Image(file)));
        (actual.Width, actual.Height).ShouldBe((size, size));
        actual.Pixels.ShouldBe(expected.Pixels);
    }

    [Theory]
    [InlineData("a_91x37.png")]
    [InlineData("b_55x128.rgb.png")]
    public void ResizeAndPad_WithClipMean_PadsWithTheTruncatedMean(string file)
    {
        var expected = RgbImage.Load(Fixture.Image($"{file[..file.IndexOf('.', StringComparison.Ordinal)]}.clipmean_size48.png"));
        var processor = Clip();
        processor.Background.ShouldBe(new byte[] { 122, 116, 104 });
        processor.ResizeAndPad(RgbImage.Load(Fixture.Image(file))).Pixels.ShouldBe(expected.Pixels);
    }

    [Fact]
    public void Pixels_AreTheOriginalFloats()
    {
        var half = new JanusImageProcessor(48).Pixels(RgbImage.Load(Fixture.Image("a_91x37.png")));
        half.Length.ShouldBe(3 * 48 * 48);
        new[] { half[0], half[1000], half[1200], half[1500], half[3000], half[3400], half[6000] }
            .ShouldBe([-0.003921568393707275f, 0.12156867980957031f, -0.29411762952804565f, 0.5529412031173706f, 0.7098039388656616f, -0.5137255191802979f, 0.019607901573181152f]);
        var clip = Clip().Pixels(RgbImage.Load(Fixture.Image("a_91x37.png")));
        new[] { clip[0], clip[1000], clip[1200], clip[1500], clip[3000], clip[5000], clip[6000] }
            .ShouldBe([-0.011254520155489445f, 0.2953125238418579f, -0.47840413451194763f, 1.0982259511947632f, 1.5195963382720947f, -0.0013328947825357318f, 0.36838892102241516f]);
    }

    [Fact]
    public void Save_ThenLoad_KeepsTheSettings()
    {
        using var folder = new TemporaryFolder();
        new JanusImageProcessor(64, 20, [0.5f, 0.25f, 0.5f], [0.5f, 0.5f, 0.25f], [1, 2, 3]).Save(folder.Path);
        var loaded = JanusImageProcessor.Load(folder.Path);
        (loaded.ImageSize, loaded.MinSize).ShouldBe((64, 20));
        loaded.Mean.ShouldBe([0.5f, 0.25f, 0.5f]);
        loaded.Std.ShouldBe([0.5f, 0.5f, 0.25f]);
        loaded.Background.ShouldBe(new byte[] { 1, 2, 3 });
    }

    [Theory]
    [InlineData("{}", "\"image_size\" is missing")]
    [InlineData("""{"image_size":0}""", "\"image_size\" must be a whole number")]
    [InlineData("""{"image_size":8,"image_std":[1,0,1]}""", "image_std must hold positive numbers")]
    [InlineData("""{"image_size":8,"image_mean":[1,0]}""", "\"image_mean\" must hold three numbers")]
    [InlineData("[]", "malformed")]
    [InlineData("{", "malformed")]
    public void Load_OfABadFile_SaysWhatAndWhere(string content, string expected)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("preprocessor_config.json", content);
        var error = Should.Throw<ModelFileException>(() => JanusImageProcessor.Load(folder.Path));
        error.Message.ShouldContain(path);
        error.Message.ShouldContain(expected);
    }

    private static JanusImageProcessor Clip() =>
        new(48, mean: [0.48145466f, 0.4578275f, 0.40821073f], std: [0.26862954f, 0.26130258f, 0.27577711f]);
}
