using PairUni.Data.Shapes;
using PairUni.Modeling.Images;

namespace PairUni.Data.Tests.Shapes;

public class ShapeRendererTests
{
    [Fact]
    public void AnEmptyScene_IsBackground()
    {
        var image = Scenes.Draw();
        (image.Width, image.Height).ShouldBe((64, 64));
        image.Pixels.ShouldAllBe(value => value == 238);
    }

    [Fact]
    public void ASquare_FillsItsCellAroundTheCentre()
    {
        var image = Scenes.Draw(Scenes.At(1, 2, ShapeKind.Square, ShapeColour.Blue));
        // Centre (24, 40), half side 0.92 x 6 = 5.52: columns 19 to 28 are full, 18 and 29 half covered at most.
        Pixel(image, 24, 40).ShouldBe((40, 80, 220));
        Pixel(image, 19, 35).ShouldBe((40, 80, 220));
        Pixel(image, 28, 44).ShouldBe((40, 80, 220));
        Pixel(image, 17, 40).ShouldBe((238, 238, 238));
        Pixel(image, 18, 40).ShouldBe((139, 159, 229));
    }

    [Fact]
    public void ARing_HasAHole()
    {
        var image = Scenes.Draw(Scenes.At(0, 0, ShapeKind.Ring, ShapeColour.Black));
        Pixel(image, 8, 8).ShouldBe((238, 238, 238));
        Pixel(image, 8, 3).ShouldBe((25, 25, 25));
    }

    [Fact]
    public void NeighboursAtTheirLargestAndNearest_DoNotTouch()
    {
        foreach (var shape in ShapeNames.Shapes)
        {
            var left = new PlacedShape(shape, ShapeColour.Red, 0, 0, 1, 0, 13);
            var right = new PlacedShape(shape, ShapeColour.Red, 1, 0, -1, 0, 13);
            var image = Scenes.Draw(left, right);
            // Object edges at 15.5 and 16.5: columns 15 and 16 are at most half covered.
            Enumerable.Range(0, 16).ShouldAllBe(y => Pixel(image, 15, y).Green >= 134 && Pixel(image, 16, y).Green >= 134);
        }
    }

    [Fact]
    public void PaletteColours_AreFarApart()
    {
        var all = Palette.Colours.Append(Palette.Background).ToArray();
        for (var i = 0; i < all.Length; i++)
            for (var j = 0; j < i; j++)
                Math.Sqrt(Math.Pow(all[i].Red - all[j].Red, 2) + Math.Pow(all[i].Green - all[j].Green, 2) + Math.Pow(all[i].Blue - all[j].Blue, 2)).ShouldBeGreaterThan(75);
    }

    private static (int Red, int Green, int Blue) Pixel(RgbImage image, int x, int y)
    {
        var at = ((y * image.Width) + x) * 3;
        return (image.Pixels[at], image.Pixels[at + 1], image.Pixels[at + 2]);
    }
}
