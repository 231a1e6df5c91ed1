using System.Runtime.InteropServices;

namespace PairUni.Data.Shapes;

/// <summary>
/// All prompts of the shapes world, split into training and held-out ones by combination: shape, unordered pair of shapes, shape and
/// number, shape and colour, pair of shapes for all four relations, pair of coloured shapes. No held-out prompt is a rewording of a
/// training one, and what is held out spreads evenly over shapes, colours and numbers: were a shape's every relation but one trained,
/// the names alone would give the wrong answer away.
/// </summary>
public sealed class ShapePrompts
{
    private const string Prefix = "a photo of ";
    private readonly Dictionary<string, (GenEvalRecord[] Training, GenEvalRecord[] HeldOut)> byTag = [];

    /// <summary>Lists and splits the prompts of a world.</summary>
    public ShapePrompts(ShapeWorld? world = null)
    {
        world ??= ShapeWorld.Default;
        var colours = Split(world, 3, Colours());
        var heldOutColours = colours.HeldOut.Select(record => (record.Include[0].Color, record.Include[0].Class)).ToHashSet();
        bool KnownColours(GenEvalRecord record) => !record.Include.Any(clause => heldOutColours.Contains((clause.Color, clause.Class)));
        byTag[GenEvalTag.SingleObject] = Split(world, 0, Singles());
        byTag[GenEvalTag.TwoObject] = Split(world, 1, Twos());
        byTag[GenEvalTag.Counting] = Split(world, 2, Counts());
        byTag[GenEvalTag.Colors] = colours;
        byTag[GenEvalTag.Position] = Split(world, 4, Positions());
        byTag[GenEvalTag.ColorAttribute] = Split(world, 5, ColourPairs().Where(entry => KnownColours(entry.Record)));
    }

    /// <summary>The prompts of the default world.</summary>
    public static ShapePrompts Default { get; } = new();

    /// <summary>Every training prompt of a tag.</summary>
    public IReadOnlyList<GenEvalRecord> Training(string tag) => byTag[tag].Training;

    /// <summary>Every held-out prompt of a tag.</summary>
    public IReadOnlyList<GenEvalRecord> HeldOut(string tag) => byTag[tag].HeldOut;

    /// <summary>Training prompts drawn with the tags in turn and each tag's prompts uniformly.</summary>
    public IReadOnlyList<GenEvalRecord> Train(ulong seed, int count) =>
        [.. Enumerable.Range(0, count).Select(i => new SeededRandom(seed, (ulong)i).Pick(Training(GenEvalTag.All[i % 6])))];

    /// <summary>Held-out prompts, <paramref name="perTag"/> of each tag; a tag with fewer prompts repeats them, so that all tags weigh alike.</summary>
    public IReadOnlyList<GenEvalRecord> HeldOut(ulong seed, int perTag) =>
        [.. GenEvalTag.All.SelectMany((tag, index) => Cycle(HeldOut(tag), new SeededRandom(seed, (ulong)index), perTag))];

    private static IEnumerable<GenEvalRecord> Cycle(IReadOnlyList<GenEvalRecord> prompts, SeededRandom random, int count)
    {
        var order = random.Sample(prompts, prompts.Count);
        return Enumerable.Range(0, count).Select(i => order[i % order.Length]);
    }

    // Combinations in random order; the next one held out is the first of those whose parts were held out least so far.
    private static (GenEvalRecord[] Training, GenEvalRecord[] HeldOut) Split(ShapeWorld world, ulong tag, IEnumerable<(string[] Parts, GenEvalRecord Record)> prompts)
    {
        var combinations = prompts.GroupBy(prompt => string.Join(", ", prompt.Parts)).OrderBy(group => group.Key, StringComparer.Ordinal).ToList();
        new SeededRandom(world.HeldOutSeed, tag).Shuffle(CollectionsMarshal.AsSpan(combinations));
        var uses = new Dictionary<string, int>();
        var heldOut = new List<GenEvalRecord>();
        for (var left = (int)Math.Round(combinations.Count * world.HeldOutShare); left > 0; left--)
        {
            var next = combinations.MinBy(combination => combination.First().Parts.Sum(part => uses.GetValueOrDefault(part)))!;
            foreach (var part in next.First().Parts)
                uses[part] = uses.GetValueOrDefault(part) + 1;
            heldOut.AddRange(next.Select(prompt => prompt.Record));
            combinations.Remove(next);
        }
        return ([.. combinations.SelectMany(combination => combination.Select(prompt => prompt.Record))], [.. heldOut]);
    }

    private static IEnumerable<(string[] Parts, GenEvalRecord Record)> Singles() =>
        from shape in Names()
        select (new[] { shape }, Record(GenEvalTag.SingleObject, ShapeNames.WithArticle(shape), Clause(shape)));

    private static IEnumerable<(string[] Parts, GenEvalRecord Record)> Twos() =>
        from first in Names()
        from second in Names()
        where first != second
        select (Unordered(first, second),
            Record(GenEvalTag.TwoObject, $"{ShapeNames.WithArticle(first)} and {ShapeNames.WithArticle(second)}", Clause(first), Clause(second)));

    private static IEnumerable<(string[] Parts, GenEvalRecord Record)> Counts() =>
        from shape in Names()
        from count in Enumerable.Range(2, 3)
        select (new[] { shape, ShapeNames.Number(count) }, Record(GenEvalTag.Counting, $"{ShapeNames.Number(count)} {ShapeNames.Plural(shape)}", Clause(shape, count)) with
        {
            Exclude = [Clause(shape, count + 1)],
        });

    private static IEnumerable<(string[] Parts, GenEvalRecord Record)> Colours() =>
        from colour in ShapeNames.Colours.Select(ShapeNames.Of)
        from shape in Names()
        select (new[] { colour, shape }, Record(GenEvalTag.Colors, ShapeNames.WithArticle($"{colour} {shape}"), Clause(shape, 1, colour)));

    private static IEnumerable<(string[] Parts, GenEvalRecord Record)> Positions() =>
        from relation in ShapeNames.Relations
        from subject in Names()
        from reference in Names()
        where subject != reference
        select (Unordered(subject, reference),
            Record(GenEvalTag.Position, $"{ShapeNames.WithArticle(subject)} {relation} {ShapeNames.WithArticle(reference)}",
                Clause(reference), Clause(subject) with { Position = new GenEvalPosition(relation, 0) }));

    private static IEnumerable<(string[] Parts, GenEvalRecord Record)> ColourPairs() =>
        from firstColour in ShapeNames.Colours.Select(ShapeNames.Of)
        from secondColour in ShapeNames.Colours.Select(ShapeNames.Of)
        where firstColour != secondColour
        from first in Names()
        from second in Names()
        where first != second
        let phrase = $"{ShapeNames.WithArticle($"{firstColour} {first}")} and {ShapeNames.WithArticle($"{secondColour} {second}")}"
        select (Unordered($"{firstColour} {first}", $"{secondColour} {second}"),
            Record(GenEvalTag.ColorAttribute, phrase, Clause(first, 1, firstColour), Clause(second, 1, secondColour)));

    private static IEnumerable<string> Names() => ShapeNames.Shapes.Select(ShapeNames.Of);

    private static string[] Unordered(string first, string second) => string.CompareOrdinal(first, second) < 0 ? [first, second] : [second, first];

    private static GenEvalClause Clause(string shape, int count = 1, string? colour = null) => new() { Class = shape, Count = count, Color = colour };

    private static GenEvalRecord Record(string tag, string phrase, params GenEvalClause[] include) =>
        new() { Tag = tag, Include = include, Prompt = Prefix + phrase };
}
