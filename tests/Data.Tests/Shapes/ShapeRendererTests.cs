using PairUni.Data.Shapes;
using PairUni.Modeling.Images;

namespace PairUni.Data.Tests.Shapes;

public class ShapeRendererTests
{
    [Fact]
    public void AnEmptyScene_IsBackground()
    {
        var image = Scenes.Draw();
        (image.Width, image.Height).ShouldBe((32, 32));
        image.Pixels.ShouldAllBe(value => value == 238);
    }

    [Fact]
    public void ASquare_FillsItsCellAroundTheCentre()
    {
        var image = Scenes.Draw(Scenes.At(1, 2, ShapeKind.Square, ShapeColour.Blue));
        // Centre (12, 20), half side 0.92 x 4 = 3.68: columns 9 to 14 are full; of column 8 the samples right of 8.32 are inside,
        // 5 of 8.
        Pixel(image, 12, 20).ShouldBe((40, 80, 220));
        Pixel(image, 9, 17).ShouldBe((40, 80, 220));
        Pixel(image, 14, 22).ShouldBe((40, 80, 220));
        Pixel(image, 7, 20).ShouldBe((238, 238, 238));
        Pixel(image, 8, 20).ShouldBe((114, 139, 227));
    }

    [Fact]
    public void ARing_HasAHole()
    {
        var image = Scenes.Draw(Scenes.At(0, 0, ShapeKind.Ring, ShapeColour.Black));
        Pixel(image, 4, 4).ShouldBe((238, 238, 238));
        // Between the radii 2.2 and 4 but for a corner.
        Pixel(image, 4, 1).Red.ShouldBeLessThan(60);
    }

    [Fact]
    public void NeighboursAtTheirLargestAndNearest_DoNotTouch()
    {
        foreach (var shape in ShapeNames.Shapes)
        {
            var left = new PlacedShape(shape, ShapeColour.Red, 0, 0, 0.5, 0, 8);
            var right = new PlacedShape(shape, ShapeColour.Red, 2, 0, -0.5, 0, 8);
            var image = Scenes.Draw(left, right);
            // Object edges at 8.5 and 15.5: columns 9 to 14 stay free.
            Enumerable.Range(0, 8).ShouldAllBe(y => Enumerable.Range(9, 6).All(x => Pixel(image, x, y).Green == 238));
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
