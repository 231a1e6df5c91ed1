using PairUni.Data.Shapes;
using PairUni.Data.Shapes.Judging;

namespace PairUni.Data.Tests.Shapes;

// GenEval's geometry for boxes of 16 pixels; the numbers follow from its formula.
public class ShapeRelationTests
{
    [Theory]
    [InlineData(6.4, false)]
    [InlineData(6.5, true)]
    [InlineData(40, true)]
    public void OnTheAxis_ARelationHoldsBeyondAFifthOfBothSizes(double distance, bool holds) => Holds("right of", distance, 0).ShouldBe(holds);

    [Theory]
    [InlineData(8, 25)]
    [InlineData(10, 34)]
    [InlineData(12, 39)]
    [InlineData(16, 45)]
    [InlineData(24, 50)]
    [InlineData(40, 54)]
    [InlineData(80, 57)]
    public void OffTheAxis_TheConeOpensWithDistance(double distance, double halfAngle)
    {
        (double X, double Y) At(double degrees) => (distance * Math.Cos(degrees * Math.PI / 180), distance * Math.Sin(degrees * Math.PI / 180));
        Holds("right of", At(halfAngle - 1).X, At(halfAngle - 1).Y).ShouldBeTrue();
        Holds("right of", At(halfAngle + 1).X, At(halfAngle + 1).Y).ShouldBeFalse();
        Holds("below", At(halfAngle - 1).Y, At(halfAngle - 1).X).ShouldBeTrue();
        Holds("above", At(halfAngle - 1).Y, -At(halfAngle - 1).X).ShouldBeTrue();
        Holds("left of", -At(halfAngle - 1).X, At(halfAngle - 1).Y).ShouldBeTrue();
    }

    [Fact]
    public void OnTheDiagonal_TwoRelationsHoldWhenFarEnough()
    {
        Holds("right of", 28, 28).ShouldBeTrue();
        Holds("below", 28, 28).ShouldBeTrue();
        Holds("right of", 9, 9).ShouldBeFalse();
    }

    [Fact]
    public void AtTheSamePlace_NothingHolds() => Holds("left of", 0, 0).ShouldBeFalse();

    private static bool Holds(string relation, double dx, double dy) =>
        ShapeRelation.Holds(relation, new ShapeDetection(ShapeKind.Circle, null, 1, dx, dy, 16, 16), new ShapeDetection(ShapeKind.Square, null, 1, 0, 0, 16, 16));
}
