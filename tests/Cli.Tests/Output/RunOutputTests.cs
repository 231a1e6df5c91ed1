using System.Text.Json;
using PairUni.Cli.Output;
using PairUni.Contracts;
using PairUni.Contracts.Options;
using PairUni.Modeling.Images;

namespace PairUni.Cli.Tests.Output;

public sealed class RunOutputTests : IDisposable
{
    private static readonly byte[] Png = new RgbImage(4, 2, new byte[24]).EncodePng();
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _console = new();

    [Fact]
    public void AStep_BecomesALineMetricsEventsAndSamples()
    {
        using (var output = Output(new RunOptions { Log = new() { SamplesEvery = 2 }, Learner = new() { MaxSteps = 2 } }))
        {
            var done = 0;
            output.StepDone = step => done = step;
            output.Step(Step(1), Groups(1));
            output.Step(Step(2), Groups(2));
            done.ShouldBe(2);
        }

        _console.ToString().ShouldBe("step 1/2  reward 0.500\nstep 2/2  reward 0.500\n");
        File.ReadAllText(Path.Combine(_folder.Path, "metrics.jsonl")).ShouldBe("{\"step\":1,\"reward/mean\":0.5}\n{\"step\":2,\"reward/mean\":0.5}\n");
        Directory.GetFiles(Path.Combine(_folder.Path, "tb")).ShouldHaveSingleItem();

        Directory.GetDirectories(Path.Combine(_folder.Path, "samples")).Select(Path.GetFileName).ShouldBe(["step-000002"]);
        var samples = Path.Combine(_folder.Path, "samples/step-000002");
        Directory.GetFiles(samples).Select(f => Path.GetFileName(f)).Order().ShouldBe(["pair-000-0.png", "pair-000-1.png", "pair-000-question.png", "samples.jsonl"]);
        var lines = File.ReadAllLines(Path.Combine(samples, "samples.jsonl")).Select(l => JsonDocument.Parse(l).RootElement).ToArray();
        lines.Length.ShouldBe(4);
        lines[1].ToString().ShouldBe("""{"task":"generate","pair":0,"sample":1,"tag":"colors","prompt":"a red circle","image":"pair-000-1.png","reward":1}""");
        lines[2].ToString().ShouldBe("""{"task":"understand","pair":0,"sample":0,"tag":"shape","question":"What?","expected":"A","completion":"B","image":"pair-000-question.png","reward":0}""");
    }

    [Fact]
    public void WithoutTensorBoard_ThereIsNoFolder()
    {
        using (Output(new RunOptions { Log = new() { Tensorboard = false } }))
        {
        }

        Directory.Exists(Path.Combine(_folder.Path, "tb")).ShouldBeFalse();
    }

    public void Dispose() => _folder.Dispose();

    private RunOutput Output(RunOptions options) =>
        new(_folder.Path, options, 0, new RunConsole(CliTest.Context(_console)), TimeProvider.System);

    private static StepTrained Step(int step) => new() { Step = step, Version = step, Metrics = new() { ["reward/mean"] = 0.5 } };

    private static OfferGroup[] Groups(int step) =>
    [
        Group(new GroupKey("r", step, 0, TaskKind.Understand), "", "What?", Png, [Sample("B", default), Sample("A", default)]),
        Group(new GroupKey("r", step, 0, TaskKind.Generate), "a red circle", "", default, [Sample("", Png), Sample("", Png)]),
    ];

    private static OfferGroup Group(GroupKey key, string prompt, string question, ReadOnlyMemory<byte> image, GroupSample[] samples) => new()
    {
        LeaseId = 1,
        Spec = new()
        {
            Prompt = prompt,
            Image = image,
            Question = question,
            Answer = "A",
            Tag = prompt.Length > 0 ? "colors" : "shape",
            Record = "",
            Similarity = 1,
            Aligned = true,
            GroupSize = 2,
            Seeds = [1, 2],
            Temperature = 1,
            CfgWeight = 1,
            MaxNewTokens = 1,
            TeacherForced = false,
        },
        Group = new() { Key = key, Worker = "w", PolicyVersion = 0, PolicyDigest = "", Samples = samples },
        Score = new() { Key = key, Rewards = [0, 1], Parts = [] },
    };

    private static GroupSample Sample(string text, ReadOnlyMemory<byte> image) =>
        new() { Tokens = [], LogpSampler = [], LogpConditional = [], Finished = true, Text = text, Image = image };
}
