namespace PairUni.Data.Shapes;

/// <summary>Draws scenes that satisfy a GenEval record with nothing else on the canvas.</summary>
/// <param name="world">The world's numbers; the default world's when null.</param>
public sealed class ShapeSceneSampler(ShapeWorld? world = null)
{
    private const int Attempts = 10_000;
    private readonly ShapeWorld world = world ?? ShapeWorld.Default;

    /// <summary>
    /// Objects in random cells, sizes and shifts; colours that the record leaves open are random, for half of the counting
    /// scenes the same for all. Position scenes keep subject and reference apart and near the relation's axis.
    /// </summary>
    public ShapeScene Sample(GenEvalRecord record, SeededRandom random)
    {
        var wanted = Wanted(record, random);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var cells = random.Sample(Enumerable.Range(0, world.Cells * world.Cells), wanted.Count);
            if (!Apart(cells))
                continue;
            var objects = wanted.Select((item, i) => Place(item.Shape, item.Colour, cells[i], random)).ToArray();
            if (Satisfies(record, objects))
                return new ShapeScene(objects);
        }
        throw new InvalidOperationException($"No scene for \"{record.Prompt}\" fits on a lattice of {world.Cells}x{world.Cells} cells.");
    }

    /// <summary>Objects of any shape and colour wherever there is room, for training that is not told what it sees.</summary>
    /// <param name="objects">How many; four are the most that always fit into the default world.</param>
    /// <param name="random">Chance.</param>
    public ShapeScene Any(int objects, SeededRandom random)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var cells = random.Sample(Enumerable.Range(0, world.Cells * world.Cells), objects);
            if (Apart(cells))
                return new ShapeScene([.. cells.Select(cell => Place(random.Pick(ShapeNames.Shapes), random.Pick(ShapeNames.Colours), cell, random))]);
        }
        throw new InvalidOperationException($"{objects} objects do not fit on a lattice of {world.Cells}x{world.Cells} cells.");
    }

    private static List<(ShapeKind Shape, ShapeColour Colour)> Wanted(GenEvalRecord record, SeededRandom random)
    {
        var wanted = new List<(ShapeKind Shape, ShapeColour Colour)>();
        ShapeColour? shared = record.Tag == GenEvalTag.Counting && random.Next(2) == 0 ? random.Pick(ShapeNames.Colours) : null;
        foreach (var clause in record.Include)
            for (var i = 0; i < clause.Count; i++)
            {
                var colour = clause.Color is null ? shared ?? random.Pick(ShapeNames.Colours) : ShapeNames.Colour(clause.Color)!.Value;
                wanted.Add((ShapeNames.Shape(clause.Class)!.Value, colour));
            }
        return wanted;
    }

    private PlacedShape Place(ShapeKind shape, ShapeColour colour, int cell, SeededRandom random) =>
        new(shape, colour, cell % world.Cells, cell / world.Cells,
            Stepped(-world.Jitter, world.Jitter, random), Stepped(-world.Jitter, world.Jitter, random), Stepped(world.MinSize, world.MaxSize, random));

    private double Stepped(double least, double most, SeededRandom random) =>
        least + (world.Step * random.Between(0, (int)Math.Round((most - least) / world.Step)));

    private bool Apart(int[] cells)
    {
        for (var i = 0; i < cells.Length; i++)
            for (var j = 0; j < i; j++)
            {
                var columns = Math.Abs((cells[i] % world.Cells) - (cells[j] % world.Cells));
                var rows = Math.Abs((cells[i] / world.Cells) - (cells[j] / world.Cells));
                if (Math.Max(columns, rows) < world.Spacing)
                    return false;
            }
        return true;
    }

    private bool Satisfies(GenEvalRecord record, PlacedShape[] objects)
    {
        var first = 0;
        var starts = record.Include.Select(clause => (first += clause.Count) - clause.Count).ToArray();
        for (var i = 0; i < record.Include.Count; i++)
        {
            if (record.Include[i].Position is not { } position)
                continue;
            var reference = record.Include[position.Reference];
            foreach (var subject in objects.Skip(starts[i]).Take(record.Include[i].Count))
                foreach (var anchor in objects.Skip(starts[position.Reference]).Take(reference.Count))
                    if (!Clearly(position.Relation, subject, anchor))
                        return false;
        }
        return true;
    }

    private bool Clearly(string relation, PlacedShape subject, PlacedShape reference)
    {
        var (subjectX, subjectY) = subject.Centre(world);
        var (referenceX, referenceY) = reference.Centre(world);
        var (right, down) = (subjectX - referenceX, subjectY - referenceY);
        var (along, across) = relation switch
        {
            "left of" => (-right, down),
            "right of" => (right, down),
            "above" => (-down, right),
            _ => (down, right),
        };
        return along > 0
            && Math.Sqrt((along * along) + (across * across)) >= world.MinRelationDistance * world.CanvasSize
            && Math.Abs(across) <= along * Math.Tan(world.MaxRelationAngle * Math.PI / 180);
    }
}
