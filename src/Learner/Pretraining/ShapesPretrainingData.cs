using PairUni.Data;
using PairUni.Data.Shapes;

namespace PairUni.Learner.Pretraining;

/// <summary>
/// The shapes world's training combinations. Of the questions most are multiple-choice as in the data sets; the others ask for a
/// description, or the same without options, which teaches to see long before the letters can be learnt.
/// </summary>
/// <param name="seed">Seed of the supply.</param>
/// <param name="choiceShare">Share of multiple-choice questions, 0..1; the rest is split evenly.</param>
public sealed class ShapesPretrainingData(ulong seed, double choiceShare = 0.6) : IPretrainingData
{
    private const ulong KindKey = 0x6B696E64;
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
    public AnswerExample Answer(long index)
    {
        var example = _examples.At(index);
        var cells = new CellExample(example.Image, Labels(example.Scene));
        var question = example.Question;
        var kind = new SeededRandom(seed, KindKey, (ulong)index).NextDouble();
        if (kind < choiceShare) return new(cells, question.Text, question.Answer);
        return kind < (1 + choiceShare) / 2
            ? new(cells, "Describe the image.", example.Record.Prompt)
            : new(cells, question.Text.Split('\n')[0], question.Options[question.Answer[0] - 'A']);
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
