using PairUni.Modeling.Files;
using PairUni.Modeling.Images;
using PairUni.Modeling.Janus;
using PairUni.Modeling.Janus.Names;
using PairUni.Modeling.Towers;
using static TorchSharp.torch;

namespace PairUni.Modeling.Tests.Towers;

public class ModelTowersTests
{
    private static readonly RgbImage[] Images = [.. new[] { "a_91x37.png", "e_77x101.rgb.png" }.Select(name => RgbImage.Load(Fixture.Image(name)))];

    [Fact]
    public void TheTowerOfAJanusFolder_GivesTheMeanOfItsPatches()
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        var folder = Fixture.Janus("model");
        using var model = new JanusModel(JanusConfig.Load(folder));
        using (var weights = CheckpointFolder.Open(folder))
            weights.CopyInto(model, JanusNames.In(weights), model.Ranges());
        var processor = JanusImageProcessor.Load(folder);
        var means = model.vision_model.forward(stack(Images.Select(processor.Process))).mean([1]);
        var expected = (means / means.square().sum(1, true).sqrt()).data<float>().ToArray();

        using var tower = ImageTowers.Load("janus:" + folder);
        var actual = tower.Encode(Images);
        actual.ShouldAllBe(row => row.Length == tower.Width);
        actual.SelectMany(row => row).Zip(expected, (a, b) => Math.Abs(a - b)).Max().ShouldBeLessThan(1e-6f);
    }

    [Fact]
    public void FingerprintsTellTowersApart_AndStayTheSame()
    {
        using var first = ImageTowers.Load("janus:" + Fixture.Janus("model"));
        using var again = ImageTowers.Load("janus:" + Fixture.Janus("model"));
        first.Fingerprint.ShouldBe(again.Fingerprint);
        first.Fingerprint.Length.ShouldBe(64);
    }
}
