using PairUni.Modeling.Files;
using PairUni.Modeling.Tests.Hps;
using PairUni.Modeling.Towers;

namespace PairUni.Modeling.Tests.Towers;

public class ClipImageTowerTests
{
    [Theory]
    [InlineData("hps_a")]
    [InlineData("hps_b")]
    public void ImagesHaveTheFeaturesThatTheOriginalScoresThemBy(string model)
    {
        using HpsReference reference = new(model);
        using var tower = ImageTowers.Load("hps:" + reference.Folder);
        tower.Width.ShouldBe(reference.Config.EmbedDim);
        reference.ShouldBeClose("antialias/image_features", tower.Encode(HpsReference.Images));
        tower.Encode([HpsReference.Images[2]])[0].ShouldBe(tower.Encode(HpsReference.Images)[2], 1e-5f);
    }

    [Fact]
    public void AFileAndItsFolder_AreTheSameTower_AndOtherWeightsAreAnother()
    {
        using HpsReference a = new("hps_a"), b = new("hps_b");
        using var folder = ImageTowers.Load("hps:" + a.Folder);
        using var file = ImageTowers.Load("hps:" + Path.Combine(a.Folder, "model.safetensors"));
        using var other = ImageTowers.Load("hps:" + b.Folder);
        file.Fingerprint.ShouldBe(folder.Fingerprint);
        other.Fingerprint.ShouldNotBe(folder.Fingerprint);
        file.Name.ShouldBe("CLIP of " + Path.Combine(a.Folder, "model.safetensors"));
        Should.Throw<ModelFileException>(() => ImageTowers.Load("hps:" + Fixture.Janus("model"))).Message.ShouldContain("tensor");
    }
}
