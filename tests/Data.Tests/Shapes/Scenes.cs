using PairUni.Data.Shapes;
using PairUni.Modeling.Images;

namespace PairUni.Data.Tests.Shapes;

/// <summary>Scenes and records that tests write down by hand.</summary>
internal static class Scenes
{
    internal static RgbImage Draw(params PlacedShape[] objects) => ShapeRenderer.Render(new ShapeScene(objects));

    internal static PlacedShape At(int column, int row, ShapeKind shape, ShapeColour colour = ShapeColour.Red, double size = 8) =>
        new(shape, colour, column, row, 0, 0, size);

    internal static GenEvalRecord Prompt(string prompt) =>
        GenEvalTag.All.SelectMany(tag => ShapePrompts.Default.Training(tag).Concat(ShapePrompts.Default.HeldOut(tag)))
            .Single(record => record.Prompt == "a photo of " + prompt);

    /// <summary>A colour pair prompt, be it one of the world's or not.</summary>
    internal static GenEvalRecord ColourPair(string firstColour, string first, string secondColour, string second) => new()
    {
        Tag = GenEvalTag.ColorAttribute,
        Include = [new() { Class = first, Count = 1, Color = firstColour }, new() { Class = second, Count = 1, Color = secondColour }],
        Prompt = $"a photo of a {firstColour} {first} and a {secondColour} {second}",
    };

    internal static RgbImage Picture(GenEvalRecord record, ulong seed) =>
        ShapeRenderer.Render(new ShapeSceneSampler().Sample(record, new SeededRandom(seed)));
}
