using PairUni.Data.Shapes.Judging;
using PairUni.Modeling.Images;

namespace PairUni.Data.Shapes;

/// <summary>
/// Decides from the pixels of an image whether it shows what a GenEval record asks for. It shares nothing with the renderer
/// but the palette. Classes are found without regard to colour; colours and positions are checked on what was found.
/// </summary>
public static class ShapeJudge
{
    private const double Found = 0.3;
    private const double FoundInCounting = 0.9;
    private const int MostPerClass = 16;

    /// <summary>Judges one image against one record.</summary>
    public static ShapeVerdict Judge(RgbImage image, GenEvalRecord record)
    {
        var least = record.Tag == GenEvalTag.Counting ? FoundInCounting : Found;
        var found = ShapeDetector.Detect(image).Where(detection => detection.Confidence > least).ToArray();
        var reason = Permissive(record, found);
        var exact = Exact(record, found);
        return new ShapeVerdict(reason is null, reason is null && exact is null, Dense(record, found), reason ?? exact ?? "as asked", found);
    }

    private static string? Permissive(GenEvalRecord record, ShapeDetection[] found)
    {
        var chosen = new List<ShapeDetection[]>();
        foreach (var clause in record.Include)
        {
            var all = OfClass(found, clause);
            if (all.Length < clause.Count)
                return $"found {all.Length} of {clause.Count} {clause.Class}";
            chosen.Add(all[..clause.Count]);
            if (clause.Color is not null && CountColour(chosen[^1], clause.Color) < clause.Count)
                return $"{clause.Class} is {Describe(chosen[^1][0].Colour)}, not {clause.Color}";
            if (clause.Position is { } position && !Holds(position, chosen[^1], chosen[position.Reference]))
                return $"{clause.Class} is not {position.Relation} {record.Include[position.Reference].Class}";
        }
        var surplus = record.Exclude.FirstOrDefault(clause => OfClass(found, clause).Length >= clause.Count);
        return surplus is null ? null : $"found {OfClass(found, surplus).Length} {surplus.Class}, at least one too many";
    }

    private static string? Exact(GenEvalRecord record, ShapeDetection[] found)
    {
        var wrong = record.Include.FirstOrDefault(clause => OfClass(found, clause).Length != clause.Count);
        if (wrong is not null)
            return $"found {OfClass(found, wrong).Length} {wrong.Class} instead of {wrong.Count}";
        var wanted = record.Include.Sum(clause => clause.Count);
        return found.Length == wanted ? null : $"found {found.Length} objects instead of {wanted}";
    }

    // Flow-GRPO's terms: counts over all detections; colour and position count only where the count is right.
    private static double Dense(GenEvalRecord record, ShapeDetection[] found)
    {
        var terms = new List<double>();
        foreach (var clause in record.Include)
        {
            var all = OfClass(found, clause);
            var right = all.Length == clause.Count;
            terms.Add(Term(clause.Count, all.Length));
            if (clause.Color is not null)
                terms.Add(right ? Term(clause.Count, CountColour(all, clause.Color)) : 0);
            if (clause.Position is { } position)
            {
                var reference = OfClass(found, record.Include[position.Reference]);
                terms.Add(right && reference.Length == record.Include[position.Reference].Count && Holds(position, all, reference) ? 1 : 0);
            }
        }
        return terms.Average();
    }

    private static double Term(int wanted, int found) => 1 - (Math.Abs(wanted - found) / (double)wanted);

    private static bool Holds(GenEvalPosition position, ShapeDetection[] subjects, ShapeDetection[] references) =>
        subjects.All(subject => references.All(reference => ShapeRelation.Holds(position.Relation, subject, reference)));

    private static ShapeDetection[] OfClass(ShapeDetection[] found, GenEvalClause clause) =>
        [.. found.Where(detection => ShapeNames.Of(detection.Shape) == clause.Class).Take(MostPerClass)];

    private static int CountColour(ShapeDetection[] found, string colour) => found.Count(detection => Describe(detection.Colour) == colour);

    private static string Describe(ShapeColour? colour) => colour is null ? "of no known colour" : ShapeNames.Of(colour.Value);
}
