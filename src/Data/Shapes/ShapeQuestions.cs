namespace PairUni.Data.Shapes;

/// <summary>Asks four-option questions about scenes; the right answers come from the scene, never from pixels.</summary>
public static class ShapeQuestions
{
    private const string Letters = "ABCD";

    /// <summary>The kinds of question.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["shape", "colour", "count", "position", "owner"];

    /// <summary>One question that fits what the record is about.</summary>
    public static ShapeQuestion Ask(GenEvalRecord record, ShapeScene scene, SeededRandom random) => record.Tag switch
    {
        GenEvalTag.SingleObject or GenEvalTag.TwoObject => Shape(scene, random),
        GenEvalTag.Counting => Count(record.Include[0].Count, random),
        GenEvalTag.Colors => Colour(record.Include[0], random),
        GenEvalTag.Position => Position(record.Include[1], record.Include[0], random),
        GenEvalTag.ColorAttribute => random.Next(2) == 0 ? Colour(random.Pick(record.Include), random) : Owner(random.Pick(record.Include), random),
        _ => throw new ArgumentOutOfRangeException(nameof(record), record.Tag, "not a GenEval tag"),
    };

    private static ShapeQuestion Shape(ShapeScene scene, SeededRandom random)
    {
        var present = scene.Objects.Select(placed => placed.Shape).Distinct().ToArray();
        var absent = ShapeNames.Shapes.Except(present).Select(ShapeNames.Of);
        return Choose("shape", "Which shape is in the image?", ShapeNames.Of(random.Pick(present)), absent, random);
    }

    /// <summary>How many objects there are.</summary>
    internal static ShapeQuestion Count(int objects, SeededRandom random) =>
        Choose("count", "How many shapes are there?", ShapeNames.Number(objects), Enumerable.Range(1, 5).Select(ShapeNames.Number), random);

    private static ShapeQuestion Colour(GenEvalClause clause, SeededRandom random) =>
        Choose("colour", $"What colour is the {clause.Class}?", clause.Color!, ShapeNames.Colours.Select(ShapeNames.Of), random);

    private static ShapeQuestion Position(GenEvalClause subject, GenEvalClause reference, SeededRandom random) =>
        Choose("position", $"Where is the {subject.Class} relative to the {reference.Class}?", subject.Position!.Relation, ShapeNames.Relations, random);

    private static ShapeQuestion Owner(GenEvalClause clause, SeededRandom random) =>
        Choose("owner", $"Which shape is {clause.Color}?", clause.Class, ShapeNames.Shapes.Select(ShapeNames.Of), random);

    private static ShapeQuestion Choose(string kind, string question, string right, IEnumerable<string> pool, SeededRandom random)
    {
        string[] options = [right, .. random.Sample(pool.Where(option => option != right), 3)];
        random.Shuffle<string>(options);
        var lines = options.Select((option, i) => $"{Letters[i]}. {option}\n");
        return new ShapeQuestion(kind, $"{question}\n{string.Concat(lines)}Answer with one of the options.", Letters[Array.IndexOf(options, right)].ToString(), options);
    }
}
