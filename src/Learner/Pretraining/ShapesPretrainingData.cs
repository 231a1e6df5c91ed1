using PairUni.Data;
using PairUni.Data.Shapes;

namespace PairUni.Learner.Pretraining;

/// <summary>The shapes world's training combinations, asked about in more ways than the data sets do.</summary>
/// <param name="seed">Seed of the supply.</param>
public sealed class ShapesPretrainingData(ulong seed) : IPretrainingData
{
    private const ulong KindKey = 0x6B696E64;
    private const double CountShare = 0.12;
    private const double ChoiceShare = 0.75; // of the rest

    private readonly ShapeExamples _examples = new(seed);
    private readonly ShapeWorld _world = ShapeWorld.Default;

    /// <inheritdoc/>
    public int Attributes => 2;

    /// <inheritdoc/>
    public int Classes => ShapeNames.Shapes.Count + 1;

    /// <inheritdoc/>
    public IReadOnlyList<IReadOnlyList<string>> Words { get; } =
        [[.. ShapeNames.Shapes.Select(ShapeNames.Of)], [.. ShapeNames.Colours.Select(ShapeNames.Of)]];

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
        var example = _examples.Caption(index);
        return new(example.Record.Prompt, example.Image);
    }

    /// <inheritdoc/>
    public AnswerExample Answer(long index)
    {
        var random = new SeededRandom(seed, KindKey, (ulong)index);
        if (random.NextDouble() < CountShare)
        {
            var count = _examples.Count(index);
            return new(new(count.Image, Labels(count.Scene)), count.Question.Text, count.Question.AnswerText);
        }

        var example = _examples.At(index);
        var (question, answer) = random.NextDouble() < ChoiceShare ? (example.Question.Text, example.Question.AnswerText)
            : random.Next(2) == 0 ? (ShapeExamples.DescribeQuestion, example.Record.Prompt)
            : (example.Question.Stem, example.Question.AnswerText);
        return new(new(example.Image, Labels(example.Scene)), question, answer);
    }

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
