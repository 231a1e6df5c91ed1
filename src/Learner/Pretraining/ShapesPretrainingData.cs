using PairUni.Data;
using PairUni.Data.Shapes;

namespace PairUni.Learner.Pretraining;

/// <summary>The shapes world's training combinations, asked about in more ways than the data sets do.</summary>
/// <param name="seed">Seed of the supply.</param>
public sealed class ShapesPretrainingData(ulong seed) : IPretrainingData
{
    private const ulong KindKey = 0x6B696E64;
    private const ulong LookUpKey = 0x6C6F6F6B;
    private const double LookUpShare = 0.1; // with an image
    private const double ChoiceShare = 0.62; // of the rest
    private const string Letters = "ABCD";

    private static readonly IReadOnlyList<string>[] Pools =
    [
        [.. ShapeNames.Shapes.Select(ShapeNames.Of)],
        [.. ShapeNames.Colours.Select(ShapeNames.Of)],
        ShapeNames.Relations,
        [.. Enumerable.Range(1, 5).Select(ShapeNames.Number)],
    ];

    private readonly ShapeExamples _examples = new(seed);
    private readonly ShapeWorld _world = ShapeWorld.Default;

    /// <inheritdoc/>
    public int Attributes => 2;

    /// <inheritdoc/>
    public int Classes => ShapeNames.Shapes.Count + 1;

    /// <inheritdoc/>
    public byte Background => Palette.Background.Red;

    /// <inheritdoc/>
    public CellExample Image(long index)
    {
        var (scene, image) = _examples.Any(index);
        return new(image, Labels(scene));
    }

    /// <inheritdoc/>
    public DrawingExample Drawing(long index)
    {
        var example = _examples.At(index);
        return new(example.Record.Prompt, example.Image);
    }

    /// <inheritdoc/>
    public AnswerExample Sight(long index) => Seen(_examples.At(index), Random(index));

    /// <inheritdoc/>
    public (string Question, string Answer) LookUp(long index)
    {
        var random = new SeededRandom(seed, LookUpKey, (ulong)index);
        var options = random.Sample(random.Pick(Pools), Letters.Length);
        var right = random.Next(Letters.Length);
        var lines = options.Select((option, i) => $"{Letters[i]}. {option}\n");
        return ($"{Which(options[right])}\n{string.Concat(lines)}Answer with the letter only.", Letters[right].ToString());
    }

    /// <inheritdoc/>
    public AnswerExample Answer(long index)
    {
        var example = _examples.At(index);
        var random = Random(index);
        if (random.NextDouble() < LookUpShare)
        {
            var right = random.Next(Letters.Length);
            var lines = example.Question.Text.Split('\n');
            lines[0] = Which(example.Question.Options[right]);
            return new(Cells(example), string.Join('\n', lines), Letters[right].ToString());
        }

        return random.NextDouble() < ChoiceShare
            ? new(Cells(example), example.Question.Text, example.Question.Answer)
            : Seen(example, random);
    }

    private static string Which(string option) => $"Which letter is {option}?";

    private AnswerExample Seen(ShapeExample example, SeededRandom random) => random.Next(2) == 0
        ? new(Cells(example), "Describe the image.", example.Record.Prompt)
        : new(Cells(example), example.Question.Text.Split('\n')[0], example.Question.Options[Letters.IndexOf(example.Question.Answer[0])]);

    private SeededRandom Random(long index) => new(seed, KindKey, (ulong)index);

    private CellExample Cells(ShapeExample example) => new(example.Image, Labels(example.Scene));

    private int[] Labels(ShapeScene scene)
    {
        var labels = new int[_world.Cells * _world.Cells * Attributes];
        Array.Fill(labels, Classes - 1);
        foreach (var placed in scene.Objects)
        {
            var cell = (placed.Row * _world.Cells) + placed.Column;
            labels[cell * Attributes] = (int)placed.Shape;
            labels[(cell * Attributes) + 1] = (int)placed.Colour;
        }

        return labels;
    }
}
