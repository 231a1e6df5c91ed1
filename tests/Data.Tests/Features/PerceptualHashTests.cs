using PairUni.Data.Features;
using PairUni.Data.Shapes;
using PairUni.Data.Tests.Shapes;
using PairUni.Modeling.Images;

namespace PairUni.Data.Tests.Features;

public class PerceptualHashTests
{
    [Fact]
    public void Hashes_StandInText_AndSurviveEncodingAndSize()
    {
        var image = Scenes.Draw(Scenes.At(1, 2, ShapeKind.Star)).Enlarged(8);
        var hash = PerceptualHash.Of(image);
        PerceptualHash.Parse(hash.ToString())!.Value.ToString().ShouldBe(hash.ToString());
        PerceptualHash.Parse("no hash").ShouldBeNull();
        PerceptualHash.Of(RgbImage.Decode(image.EncodeJpeg(85))).IsNear(hash).ShouldBeTrue();
        PerceptualHash.Of(image.Enlarged(2)).IsNear(hash).ShouldBeTrue();
    }

    [Fact]
    public void OtherShapesColoursAndPlaces_AreFar()
    {
        var hash = PerceptualHash.Of(Scenes.Draw(Scenes.At(1, 2, ShapeKind.Square)));
        foreach (var other in new[] { Scenes.At(3, 2, ShapeKind.Square), Scenes.At(1, 2, ShapeKind.Square, ShapeColour.Blue), Scenes.At(1, 2, ShapeKind.Ring) })
            PerceptualHash.Of(Scenes.Draw(other)).IsNear(hash).ShouldBeFalse(other.ToString());
    }

    [Fact]
    public void BlankImages_AreNearWhenTheirColoursAre()
    {
        static PerceptualHash Blank(int side, byte red, byte green, byte blue) => PerceptualHash.Of(RgbImage.Filled(side, side, red, green, blue));
        var hash = Blank(32, 200, 30, 30);
        Blank(64, 203, 27, 30).IsNear(hash).ShouldBeTrue();
        PerceptualHash.Of(RgbImage.Decode(RgbImage.Filled(32, 32, 200, 30, 30).EncodeJpeg(75))).IsNear(hash).ShouldBeTrue();
        foreach (var other in new[] { Blank(32, 30, 200, 30), Blank(32, 30, 30, 200), Blank(32, 200, 30, 60), Blank(32, 0, 0, 0), Blank(32, 255, 255, 255) })
            other.IsNear(hash).ShouldBeFalse();
        PerceptualHash.Parse(hash.ToString())!.Value.IsNear(Blank(32, 30, 200, 30)).ShouldBeFalse();
    }

    [Fact]
    public void TheFirstOfEach_IsKept()
    {
        var (a, b) = (PerceptualHash.Of(Scenes.Draw(Scenes.At(1, 2, ShapeKind.Star))), PerceptualHash.Of(Scenes.Draw(Scenes.At(3, 0, ShapeKind.Star))));
        NearDuplicates.Firsts([a, b, a, null, b, a]).ShouldBe([-1, -1, 0, -1, 1, 0]);
    }
}
