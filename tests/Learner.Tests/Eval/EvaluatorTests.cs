using PairUni.Data;
using PairUni.Data.Shapes;
using PairUni.Learner.Eval;
using PairUni.Modeling.Devices;
using PairUni.Modeling.Images;
using TorchSharp;

namespace PairUni.Learner.Tests.Eval;

public class EvaluatorTests
{
    private static readonly EvalSuite Suite = new(
        "shapes",
        [.. ShapePrompts.Default.HeldOut(5, 4).Select(r => new EvalPrompt(r))],
        [.. Enumerable.Range(0, 10).Select(i =>
        {
            var example = new ShapeExamples(3).At(i);
            return new EvalQuestion(example.Question.Kind, example.Image, example.Question.Text, example.Question.Answer);
        })]);

    private static readonly EvalSettings Settings = new() { SamplesPerPrompt = 4, Batch = 5, KeepPerTag = 1 };

    private static async Task<EvalReport> Run(IEvalModel model, int devices = 1, IProgress<EvalProgress>? progress = null)
    {
        DeviceLoop[] loops = [.. Enumerable.Range(0, devices).Select(i => new DeviceLoop($"eval-{i}", torch.CPU, 1))];
        try
        {
            return await Evaluator.Run(model, "fake", Suite, Settings, loops, TimeProvider.System, progress, TestContext.Current.CancellationToken);
        }
        finally
        {
            foreach (var loop in loops) await loop.DisposeAsync();
        }
    }

    [Fact]
    public async Task APerfectModel_ScoresOneEverywhere()
    {
        var report = await Run(new FakeModel(rightSamples: 4, rightAnswers: true));
        report.GenerateOverall.ShouldBe(new("overall", 1, 1, 1, 6 * 4 * 4));
        report.GenerateStrictOverall.Mean.ShouldBe(1);
        report.Generate.Select(g => g.Tag).ShouldBe(GenEvalTag.All);
        report.UnderstandOverall.ShouldBe(new("overall", 1, 1, 1, 10));
    }

    [Fact]
    public async Task OneOfFourRight_ScoresAQuarter_WithNoWidth_ForPromptsAreTheUnits()
    {
        var report = await Run(new FakeModel(rightSamples: 1, rightAnswers: false));
        report.GenerateOverall.ShouldBe(new("overall", 0.25, 0.25, 0.25, 96));
        report.UnderstandOverall.Mean.ShouldBe(0);
        report.Images.Count(i => i.Permissive).ShouldBe(24);
        report.Images[1].Reason.ShouldNotBe("as asked");
    }

    [Fact]
    public async Task SeveralDevices_GiveTheSameReport()
    {
        var one = await Run(new FakeModel(2, true));
        var three = await Run(new FakeModel(2, true), devices: 3);
        System.Text.Json.JsonSerializer.Serialize(three with { Seconds = 0 }).ShouldBe(System.Text.Json.JsonSerializer.Serialize(one with { Seconds = 0 }));
    }

    [Fact]
    public async Task TheSamePrompt_GetsTheSameSeedsEveryTime_AndEverySampleItsOwn()
    {
        var first = new FakeModel(4, true);
        var second = new FakeModel(0, false);
        await Run(first);
        await Run(second, devices: 2);
        first.Seeds.Keys.ShouldBe(second.Seeds.Keys, ignoreOrder: true);
        foreach (var (prompt, seeds) in first.Seeds) seeds.ShouldBe(second.Seeds[prompt]);
        first.Seeds.Values.SelectMany(s => s).Distinct().Count().ShouldBe(96);
    }

    [Fact]
    public async Task KeptImages_AreTheFirstOfEachTag()
    {
        var report = await Run(new FakeModel(4, true));
        report.Images.Where(i => i.Png.Length > 0).Select(i => i.Tag).Distinct().ShouldBe(GenEvalTag.All);
        report.Images.Count(i => i.Png.Length > 0).ShouldBe(6 * 4);
        RgbImage.Decode(report.Images[0].Png.Span).Width.ShouldBe(ShapeWorld.Default.CanvasSize);
    }

    [Fact]
    public async Task Progress_EndsAtTheTotal()
    {
        var seen = new List<EvalProgress>();
        await Run(new FakeModel(4, true), 2, new Recorder(seen));
        seen.Max(p => p.Done).ShouldBe(34);
        seen.ShouldAllBe(p => p.Total == 34);
    }

    [Fact]
    public async Task APolicy_IsExaminedEndToEnd()
    {
        using var policy = TinyPolicy.Create();
        var settings = Settings with { SamplesPerPrompt = 2, MaxNewTokens = 2 };
        await using var loop = new DeviceLoop("eval", torch.CPU, 1);
        var suite = Suite.Take(1, 3);
        var model = new PolicyEvalModel(policy, settings);
        var a = await Evaluator.Run(model, "tiny", suite, settings, [loop], TimeProvider.System, null, TestContext.Current.CancellationToken);
        var b = await Evaluator.Run(model, "tiny", suite, settings, [loop], TimeProvider.System, null, TestContext.Current.CancellationToken);
        a.Images.Count.ShouldBe(12);
        a.Answers.Count.ShouldBe(3);
        a.Images[0].Png.ToArray().ShouldBe(b.Images[0].Png.ToArray());
        a.Answers.Select(x => x.Completion).ShouldBe(b.Answers.Select(x => x.Completion));
    }

    private sealed class Recorder(List<EvalProgress> seen) : IProgress<EvalProgress>
    {
        public void Report(EvalProgress value)
        {
            lock (seen) seen.Add(value);
        }
    }

    /// <summary>Draws the first samples of every prompt as asked and the others empty.</summary>
    private sealed class FakeModel(int rightSamples, bool rightAnswers) : IEvalModel
    {
        public Dictionary<(string Prompt, ulong First), ulong[]> Seeds { get; } = [];

        public RgbImage[][] Draw(IReadOnlyList<(string Prompt, ulong[] Seeds)> prompts) => [.. prompts.Select(p =>
        {
            lock (Seeds) Seeds[(p.Prompt, p.Seeds[0])] = p.Seeds;
            var record = Suite.Prompts.First(s => s.Record.Prompt == p.Prompt).Record;
            var right = ShapeRenderer.Render(new ShapeSceneSampler().Sample(record, new SeededRandom(1, 2, 3)));
            return Enumerable.Range(0, p.Seeds.Length).Select(i => i < rightSamples ? right : RgbImage.Filled(right.Width, right.Height, 238, 238, 238)).ToArray();
        })];

        public string[] Answer(IReadOnlyList<(RgbImage Image, string Question)> questions) =>
            [.. questions.Select(q => rightAnswers ? Suite.Questions.First(s => s.Image == q.Image).Answer : "none")];
    }
}
