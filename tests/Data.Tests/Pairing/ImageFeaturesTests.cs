using PairUni.Data.Pairing;
using PairUni.Data.Shapes;
using PairUni.Data.Tests.Shapes;
using PairUni.Modeling.Images;

namespace PairUni.Data.Tests.Pairing;

public class ImageFeaturesTests
{
    [Fact]
    public void Features_HaveLengthOne_AndAreAlikeToThemselves()
    {
        var features = ImageFeatures.Extract(Scenes.Draw(Scenes.At(1, 2, ShapeKind.Star)));
        features.Length.ShouldBe(ImageFeatures.Length);
        ImageFeatures.Similarity(features, features).ShouldBe(1, 1e-6);
        var blank = ImageFeatures.Extract(RgbImage.Filled(8, 8, 1, 2, 3));
        ImageFeatures.Similarity(blank, blank).ShouldBe(1, 1e-6);
    }

    [Fact]
    public void Likeness_CountsColourShapeAndPlace()
    {
        var image = ImageFeatures.Extract(Scenes.Draw(Scenes.At(1, 2, ShapeKind.Square)));
        double To(PlacedShape other) => ImageFeatures.Similarity(image, ImageFeatures.Extract(Scenes.Draw(other)));
        var elsewhere = To(Scenes.At(3, 0, ShapeKind.Square));
        var otherShape = To(Scenes.At(1, 2, ShapeKind.Diamond));
        var otherColour = To(Scenes.At(1, 2, ShapeKind.Square, ShapeColour.Blue));
        var nothingShared = To(Scenes.At(3, 0, ShapeKind.Diamond, ShapeColour.Blue));
        // The shares of colour, direction and place are 0.5, 0.3 and 0.2.
        elsewhere.ShouldBe(0.8, 0.01);
        otherColour.ShouldBe(0.5, 0.1);
        otherShape.ShouldBeInRange(0.5, 0.8);
        nothingShared.ShouldBeLessThan(0.1);
    }
}
