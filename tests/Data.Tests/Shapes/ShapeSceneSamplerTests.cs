using PairUni.Data.Shapes;

namespace PairUni.Data.Tests.Shapes;

public class ShapeSceneSamplerTests
{
    [Fact]
    public void Scenes_HoldWhatTheRecordAsksForAndNothingElse()
    {
        foreach (var tag in GenEvalTag.All)
            for (var i = 0; i < 40; i++)
            {
                var random = new SeededRandom(11, (ulong)i);
                var record = random.Pick(ShapePrompts.Default.Training(tag));
                var objects = new ShapeSceneSampler().Sample(record, random).Objects;
                objects.Count.ShouldBe(record.Include.Sum(clause => clause.Count));
                foreach (var clause in record.Include)
                    objects.Count(placed => ShapeNames.Of(placed.Shape) == clause.Class && (clause.Color is null || ShapeNames.Of(placed.Colour) == clause.Color)).ShouldBe(clause.Count);
                foreach (var (a, b) in objects.SelectMany((a, index) => objects.Skip(index + 1).Select(b => (a, b))))
                    Math.Max(Math.Abs(a.Column - b.Column), Math.Abs(a.Row - b.Row)).ShouldBeGreaterThanOrEqualTo(2);
                objects.ShouldAllBe(placed => placed.Size >= 7 && placed.Size <= 8 && Math.Abs(placed.ShiftX) <= 0.5 && Math.Abs(placed.ShiftY) <= 0.5);
            }
    }

    [Fact]
    public void PositionScenes_AreUnambiguous()
    {
        var record = Scenes.Prompt("a circle above a square");
        for (var i = 0; i < 100; i++)
        {
            var objects = new ShapeSceneSampler().Sample(record, new SeededRandom((ulong)i)).Objects;
            var (reference, subject) = (objects[0].Centre(ShapeWorld.Default), objects[1].Centre(ShapeWorld.Default));
            objects[0].Shape.ShouldBe(ShapeKind.Square);
            var (up, aside) = (reference.Y - subject.Y, Math.Abs(reference.X - subject.X));
            Math.Sqrt((up * up) + (aside * aside)).ShouldBeGreaterThanOrEqualTo(0.3 * 32);
            Math.Atan2(aside, up).ShouldBeLessThanOrEqualTo(Math.PI / 6);
        }
    }
}
