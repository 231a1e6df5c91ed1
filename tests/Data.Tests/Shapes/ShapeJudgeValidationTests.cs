using System.Diagnostics;
using PairUni.Data.Shapes;
using PairUni.Modeling.Images;

namespace PairUni.Data.Tests.Shapes;

// The judge is the reward and the benchmark: it is shown truths, near misses and damaged truths.
public class ShapeJudgeValidationTests
{
    private static readonly GenEvalRecord[] EvaluationPrompts = [.. ShapePrompts.Default.HeldOut(seed: 1, perTag: 120)];

    [Fact]
    public void TrueRendersOfEvaluationPrompts_PassStrictly() =>
        PassRate(EvaluationPrompts, (image, _) => image).ShouldBeGreaterThanOrEqualTo(0.995);

    [Fact]
    public void TrueRendersOfTrainingPrompts_PassStrictly() =>
        PassRate([.. ShapePrompts.Default.Train(2, 600)], (image, _) => image).ShouldBeGreaterThanOrEqualTo(0.995);

    [Fact]
    public void TrueRenders_HaveTheDenseScoreOne()
    {
        for (ulong i = 0; i < 60; i++)
        {
            var record = EvaluationPrompts[(int)i * 12];
            ShapeJudge.Judge(Scenes.Picture(record, i), record).Dense.ShouldBe(1, record.Prompt);
        }
    }

    [Fact]
    public void RendersOfAnotherPromptOfTheSameTag_Fail()
    {
        foreach (var group in EvaluationPrompts.GroupBy(record => record.Tag))
        {
            var all = ShapePrompts.Default.Training(group.Key).Concat(ShapePrompts.Default.HeldOut(group.Key)).ToArray();
            var (tried, failed) = (0, 0);
            foreach (var (record, i) in group.Select((record, i) => (record, (ulong)i)))
            {
                var other = new SeededRandom(3, i).Pick(all);
                if (SameThings(record, other))
                    continue;
                tried++;
                if (!ShapeJudge.Judge(Scenes.Picture(other, i), record).Permissive)
                    failed++;
            }
            (failed / (double)tried).ShouldBeGreaterThanOrEqualTo(0.98, group.Key);
        }
    }

    [Theory]
    [InlineData("blur")]
    [InlineData("specks")]
    [InlineData("grain")]
    [InlineData("jpeg")]
    [InlineData("bright")]
    public void SlightlyDamagedTruths_StillPass(string damage)
    {
        var prompts = EvaluationPrompts.Where((_, i) => i % 4 == 0).ToArray();
        PassRate(prompts, (image, random) => damage switch
        {
            "blur" => Damage.Blur(image, 0.4),
            "specks" => Damage.Specks(image, random, 2),
            "grain" => Damage.Grain(image, random, 20),
            "jpeg" => Damage.Jpeg(image, 90),
            _ => image with { Pixels = [.. image.Pixels.Select(value => (byte)Math.Min(255, value + 12))] },
        }).ShouldBeGreaterThanOrEqualTo(0.99);
    }

    [Fact]
    public void EnlargedTruths_PassAtTheirSize()
    {
        for (ulong i = 0; i < 30; i++)
        {
            var record = EvaluationPrompts[(int)i * 24];
            var image = PillowResize.Bicubic(Scenes.Picture(record, i), 96, 96);
            ShapeJudge.Judge(image, record).Strict.ShouldBeTrue(record.Prompt);
        }
    }

    [Fact]
    public void BlankNoisyAndOddImages_FailWithoutHarm()
    {
        var record = Scenes.Prompt("a circle");
        var noise = Damage.Grain(RgbImage.Filled(64, 64, 128, 128, 128), new SeededRandom(1), 128);
        foreach (var image in new[] { Scenes.Draw(), noise, RgbImage.Filled(64, 64, 220, 30, 30), RgbImage.Filled(1, 1, 0, 0, 0), RgbImage.Filled(3, 90, 25, 25, 25) })
            ShapeJudge.Judge(image, record).Permissive.ShouldBeFalse();
    }

    [Fact]
    public void Judging_TakesWellUnderAMillisecond()
    {
        var images = EvaluationPrompts.Where((_, i) => i % 60 == 0).Select((record, i) => (record, Scenes.Picture(record, (ulong)i))).ToArray();
        var best = Enumerable.Range(0, 20).Min(_ =>
        {
            var watch = Stopwatch.StartNew();
            foreach (var (record, image) in images)
                ShapeJudge.Judge(image, record);
            return watch.Elapsed.TotalMilliseconds / images.Length;
        });
        best.ShouldBeLessThan(1);
    }

    private static double PassRate(GenEvalRecord[] records, Func<RgbImage, SeededRandom, RgbImage> damage) =>
        records.Select((record, i) => ShapeJudge.Judge(damage(Scenes.Picture(record, (ulong)i), new SeededRandom(99, (ulong)i)), record).Strict ? 1.0 : 0).Average();

    // "a circle left of a square" and "a square right of a circle" ask for the same picture.
    private static bool SameThings(GenEvalRecord a, GenEvalRecord b)
    {
        static string Key(GenEvalRecord record)
        {
            if (record.Tag != GenEvalTag.Position)
                return string.Join(',', record.Include.Select(clause => $"{clause.Color} {clause.Class} {clause.Count}").Order());
            var (reference, subject, relation) = (record.Include[0].Class, record.Include[1].Class, record.Include[1].Position!.Relation);
            return relation is "left of" or "above" ? $"{subject} {relation} {reference}" : $"{reference} {(relation == "right of" ? "left of" : "above")} {subject}";
        }
        return Key(a) == Key(b);
    }
}
