using PairUni.Data.Shapes;

namespace PairUni.Data.Tests.Shapes;

public class ShapePromptsTests
{
    private static readonly ShapePrompts Prompts = ShapePrompts.Default;

    [Theory]
    [InlineData(GenEvalTag.SingleObject, 8, 1)]
    [InlineData(GenEvalTag.TwoObject, 56, 8)]
    [InlineData(GenEvalTag.Counting, 24, 4)]
    [InlineData(GenEvalTag.Colors, 64, 10)]
    [InlineData(GenEvalTag.Position, 224, 32)]
    public void AShareOfEachTagsCombinations_IsHeldOut(string tag, int all, int heldOut)
    {
        Prompts.HeldOut(tag).Count.ShouldBe(heldOut);
        Prompts.Training(tag).Count.ShouldBe(all - heldOut);
    }

    [Fact]
    public void TrainingAndHeldOutPrompts_AreDisjoint()
    {
        foreach (var tag in GenEvalTag.All)
        {
            var training = Prompts.Training(tag).Select(record => record.Prompt).ToHashSet();
            Prompts.HeldOut(tag).ShouldNotBeEmpty();
            Prompts.HeldOut(tag).ShouldAllBe(record => !training.Contains(record.Prompt));
        }
    }

    [Fact]
    public void RewordingsOfAHeldOutPrompt_AreHeldOutToo()
    {
        var position = Prompts.HeldOut(GenEvalTag.Position);
        foreach (var record in position)
        {
            var inverse = record.Include[1].Position!.Relation switch { "left of" => "right of", "right of" => "left of", "above" => "below", _ => "above" };
            position.ShouldContain(other => other.Include[1].Position!.Relation == inverse
                && other.Include[0].Class == record.Include[1].Class && other.Include[1].Class == record.Include[0].Class);
        }
        foreach (var tag in new[] { GenEvalTag.TwoObject, GenEvalTag.ColorAttribute })
        {
            var heldOut = Prompts.HeldOut(tag);
            heldOut.ShouldAllBe(record => heldOut.Any(other => other.Include[0] == record.Include[1] && other.Include[1] == record.Include[0]));
        }
    }

    [Fact]
    public void HeldOutCombinations_SpreadOverTheirParts()
    {
        var colours = Prompts.HeldOut(GenEvalTag.Colors).Select(record => record.Include[0]).ToArray();
        colours.GroupBy(clause => clause.Color).ShouldAllBe(group => group.Count() <= 2);
        colours.GroupBy(clause => clause.Class).ShouldAllBe(group => group.Count() <= 2);
        Prompts.HeldOut(GenEvalTag.Counting).Select(record => record.Include[0].Class).ShouldBeUnique();
    }

    [Fact]
    public void APairOfShapes_IsHeldOutInAllRelationsOrNone()
    {
        var pairs = Prompts.HeldOut(GenEvalTag.Position).GroupBy(record => string.Concat(record.Include.Select(clause => clause.Class).Order()));
        pairs.ShouldAllBe(pair => pair.Count() == 8);
        pairs.SelectMany(pair => pair.First().Include.Select(clause => clause.Class)).ShouldBeUnique();
    }

    [Fact]
    public void ColourPairs_NeverUseAHeldOutColourOfAShape()
    {
        var heldOut = Prompts.HeldOut(GenEvalTag.Colors).Select(record => record.Include[0]).ToHashSet();
        Prompts.Training(GenEvalTag.ColorAttribute).SelectMany(record => record.Include).ShouldAllBe(clause => !heldOut.Contains(clause));
    }

    [Fact]
    public void Prompts_ReadAsGenEvalWritesThem()
    {
        Scenes.Prompt("an orange cross").Tag.ShouldBe(GenEvalTag.Colors);
        Scenes.Prompt("three crosses").Exclude.ShouldBe([new GenEvalClause { Class = "cross", Count = 4 }]);
        Scenes.Prompt("a red square and an orange star").Tag.ShouldBe(GenEvalTag.ColorAttribute);
        // The reference object comes first, the subject points to it.
        Scenes.Prompt("a circle left of a square").Include.ShouldBe(
        [
            new GenEvalClause { Class = "square", Count = 1 },
            new GenEvalClause { Class = "circle", Count = 1, Position = new GenEvalPosition("left of", 0) },
        ]);
    }

    [Fact]
    public void HeldOut_GivesEachTagTheSameNumber_AndRepeatsFewPrompts()
    {
        var prompts = Prompts.HeldOut(seed: 5, perTag: 6);
        prompts.Select(record => record.Tag).ShouldBe(GenEvalTag.All.SelectMany(tag => Enumerable.Repeat(tag, 6)));
        prompts.Take(6).Select(record => record.Prompt).Distinct().Count().ShouldBe(1);
        prompts.Skip(18).Take(6).Select(record => record.Prompt).Distinct().Count().ShouldBe(6);
    }

    [Fact]
    public void Train_DependsOnTheSeedAlone()
    {
        Prompts.Train(3, 60).ShouldBe(Prompts.Train(3, 60));
        Prompts.Train(3, 60).ShouldNotBe(Prompts.Train(4, 60));
        Prompts.Train(3, 60).GroupBy(record => record.Tag).ShouldAllBe(group => group.Count() == 10);
    }
}
