using PairUni.Data.Shapes;
using PairUni.Modeling.Images;
using static PairUni.Data.Shapes.ShapeColour;
using static PairUni.Data.Shapes.ShapeKind;

namespace PairUni.Data.Tests.Shapes;

public class ShapeJudgeTests
{
    [Fact]
    public void ExtraObjects_PassPermissively_ButNotStrictly()
    {
        var verdict = Judge("a circle", Scenes.Draw(Scenes.At(0, 0, Circle), Scenes.At(2, 2, Star)));
        (verdict.Permissive, verdict.Strict, verdict.Dense).ShouldBe((true, false, 1));
        verdict.Reason.ShouldBe("found 2 objects instead of 1");
    }

    [Fact]
    public void ASecondObjectOfTheClass_CostsTheDenseScore()
    {
        // 1 - |1 - 2| / 1 = 0; with three of them -1.
        Judge("a circle", Scenes.Draw(Scenes.At(0, 0, Circle), Scenes.At(2, 2, Circle))).Dense.ShouldBe(0);
        Judge("a circle", Scenes.Draw(Scenes.At(0, 0, Circle), Scenes.At(2, 2, Circle), Scenes.At(3, 0, Circle))).Dense.ShouldBe(-1);
    }

    [Fact]
    public void Counting_ExcludesOneTooMany()
    {
        var three = Scenes.Draw(Scenes.At(0, 0, Star), Scenes.At(2, 1, Star, Blue), Scenes.At(3, 3, Star, Green));
        Judge("three stars", three).Strict.ShouldBeTrue();
        var two = Judge("two stars", three);
        (two.Permissive, two.Strict, two.Dense).ShouldBe((false, false, 0.5));
        two.Reason.ShouldBe("found 3 star, at least one too many");
        var four = Judge("four stars", three);
        (four.Permissive, four.Dense).ShouldBe((false, 0.75));
        four.Reason.ShouldBe("found 3 of 4 star");
    }

    [Fact]
    public void TheWrongColour_KeepsTheCountTerm()
    {
        var verdict = Judge("a red circle", Scenes.Draw(Scenes.At(1, 1, Circle, Blue)));
        (verdict.Permissive, verdict.Strict, verdict.Dense).ShouldBe((false, false, 0.5));
        verdict.Reason.ShouldBe("circle is blue, not red");
    }

    [Fact]
    public void ColourPairs_BindColourToShape()
    {
        var image = Scenes.Draw(Scenes.At(0, 0, Circle, Red), Scenes.At(2, 2, Square, Blue));
        ShapeJudge.Judge(image, Scenes.ColourPair("red", "circle", "blue", "square")).Strict.ShouldBeTrue();
        // Both counts hold, neither colour does.
        ShapeJudge.Judge(image, Scenes.ColourPair("blue", "circle", "red", "square")).Dense.ShouldBe(0.5);
    }

    [Fact]
    public void TheRightPosition_IsWorthAThird()
    {
        var image = Scenes.Draw(Scenes.At(0, 1, Circle), Scenes.At(3, 1, Square, Blue));
        Judge("a circle left of a square", image).Strict.ShouldBeTrue();
        var wrong = Judge("a circle right of a square", image);
        (wrong.Permissive, wrong.Dense).ShouldBe((false, 2 / 3.0));
        wrong.Reason.ShouldBe("circle is not right of square");
    }

    [Fact]
    public void AMissingReference_LosesThePositionTerm()
    {
        // Count terms 0 and 1, position 0.
        Judge("a circle left of a square", Scenes.Draw(Scenes.At(0, 1, Circle))).Dense.ShouldBe(1 / 3.0, 1e-12);
    }

    [Fact]
    public void EveryShapeAndColour_IsSeenAsItself()
    {
        foreach (var shape in ShapeNames.Shapes)
            foreach (var colour in ShapeNames.Colours)
                for (var size = 7.0; size <= 8; size += 0.5)
                {
                    var found = PairUni.Data.Shapes.Judging.ShapeDetector.Detect(Scenes.Draw(Scenes.At(1, 2, shape, colour, size))).Single();
                    (found.Shape, found.Colour).ShouldBe((shape, (ShapeColour?)colour));
                    found.Confidence.ShouldBeGreaterThan(0.95);
                    Math.Abs(found.X - 12).ShouldBeLessThanOrEqualTo(0.5);
                    Math.Abs(found.Y - 20).ShouldBeLessThanOrEqualTo(shape is Triangle or Star or Heart ? 1 : 0.5);
                }
    }

    [Fact]
    public void TouchingObjectsOfDifferentColours_AreTwo()
    {
        var image = Scenes.Draw(
            new PlacedShape(Square, Red, 1, 1, 0.5, 0, 8), new PlacedShape(Square, Blue, 2, 1, -0.5, 0, 8));
        Judge("a square", image).Detections.Count.ShouldBe(2);
    }

    [Fact]
    public void AnObjectOfNoPaletteColour_HasNoColour()
    {
        var image = Scenes.Draw(Scenes.At(1, 1, Circle, Red));
        // Magenta is more than 100 from every palette colour.
        for (var i = 0; i < image.Pixels.Length; i += 3)
            if (image.Pixels[i + 1] == 30)
                (image.Pixels[i], image.Pixels[i + 1], image.Pixels[i + 2]) = (255, 0, 130);
        var verdict = Judge("a red circle", image);
        verdict.Detections.Single().Shape.ShouldBe(Circle);
        verdict.Reason.ShouldBe("circle is of no known colour, not red");
    }

    private static ShapeVerdict Judge(string prompt, RgbImage image) => ShapeJudge.Judge(image, Scenes.Prompt(prompt));
}
