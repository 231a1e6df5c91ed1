using PairUni.Data.Shapes;
using PairUni.Learner.Pretraining;
using PairUni.Learner.Tests.Training;
using PairUni.Modeling.Janus;
using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Learner.Tests.Pretraining;

public sealed class PretrainingTests : IDisposable
{
    private static readonly NanoSettings Tiny = new()
    {
        TokenizerExamples = 60,
        Model = new()
        {
            Vision = new() { ImageSize = 32, PatchSize = 8, Width = 32, Layers = 1, Heads = 2, MlpRatio = 2 },
            Language = new() { HiddenSize = 32, IntermediateSize = 64, Layers = 1, Heads = 2, KeyValueHeads = 2, VocabSize = 512, MaxPositions = 1024 },
            Vq = new() { CodebookSize = 32, CodeWidth = 8, Channels = 32, Multipliers = [1, 1, 1, 1], LatentChannels = 32, ResidualBlocks = 1 },
            GenHeadWidth = 32,
        },
        Vq = new() { PlainSteps = 12, CodeSteps = 6, Batch = 4, KMeansSamples = 400, KMeansRounds = 2, WarmupSteps = 2, ReviveEvery = 3 },
        Joint = new()
        {
            Bank = 24,
            WarmupSteps = 2,
            Phases =
            [
                new() { Name = "answering", Steps = 4, Questions = 6, LearningRate = 1e-3 },
                new() { Name = "joint", Steps = 12, Drawings = 6, Questions = 6, LearningRate = 1e-3 },
            ],
        },
    };

    private readonly string _root = Directory.CreateTempSubdirectory("pairuni-pretraining-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private List<(string Stage, PretrainingProgress Progress)> Run(string name)
    {
        var seen = new List<(string, PretrainingProgress)>();
        new NanoPretraining(Path.Combine(_root, name), Tiny).Run(Path.Combine(_root, name + ".work"), (s, p) => seen.Add((s, p)), default);
        return seen;
    }

    [Fact]
    public void BothTrainings_BringTheirLossesDown_AndTheModelIsAWholeJanusFolder()
    {
        var seen = Run("a");
        var vq = seen.Where(s => s.Stage == "image tokenizer").Select(s => s.Progress).ToArray();
        var answering = seen.Where(s => s.Stage == "answering").Select(s => s.Progress).ToArray();
        var joint = seen.Where(s => s.Stage == "joint").Select(s => s.Progress).ToArray();
        vq.Length.ShouldBe(18);
        vq[11].Values["loss/l1"].ShouldBeLessThan(vq[0].Values["loss/l1"] * 0.9);
        vq[11].Values["loss/codes"].ShouldBe(0);
        vq[12].Values["loss/codes"].ShouldBeGreaterThan(0);
        joint.Length.ShouldBe(12);
        answering.ShouldAllBe(p => !p.Values.ContainsKey("loss/image"));
        joint[^1].Values["loss/answer"].ShouldBeLessThan(answering[0].Values["loss/answer"]);
        joint[^1].Values["loss/words"].ShouldBeLessThan(answering[0].Values["loss/words"]);
        joint[^1].Values["loss/image"].ShouldBeLessThan(joint[0].Values["loss/image"]);

        File.Exists(Path.Combine(_root, "a", "recipe.json")).ShouldBeTrue();
        using var policy = JanusPolicy.Load(Path.Combine(_root, "a"));
        VqCeiling.Of(policy.Model.gen_vision_model, 2, 1).Select(c => c.Tag).ShouldBe(GenEvalTag.All);
    }

    [Fact]
    public void TheSameSeed_GivesTheSameModel_AndAFinishedStageIsNotRepeated()
    {
        Run("a");
        Directory.Move(Path.Combine(_root, "a.work"), Path.Combine(_root, "b.work"));
        Directory.Delete(Path.Combine(_root, "b.work", "4-joint"), recursive: true);
        Run("b").ShouldAllBe(s => s.Stage == "joint");
        Run("c");
        using var a = JanusPolicy.Load(Path.Combine(_root, "a"));
        using var b = JanusPolicy.Load(Path.Combine(_root, "b"));
        using var c = JanusPolicy.Load(Path.Combine(_root, "c"));
        PolicyLearnerTests.SameBits(PolicyLearnerTests.Copy(a), PolicyLearnerTests.Copy(b)).ShouldBeTrue();
        PolicyLearnerTests.SameBits(PolicyLearnerTests.Copy(a), PolicyLearnerTests.Copy(c)).ShouldBeTrue();
    }

    [Fact]
    public void KMeans_FindsTheDirectionsOfSeparateClusters()
    {
        // four directions along the axes, slightly spread
        var random = new Random(1);
        var flat = Enumerable.Range(0, 200)
            .SelectMany(i => Enumerable.Range(0, 4).Select(d => (d == i % 4 ? 1f : 0) + (0.1f * (random.NextSingle() - 0.5f))))
            .ToArray();
        using var scope = NewDisposeScope();
        var points = nn.functional.normalize(tensor(flat, 200, 4), 2, 1);
        var centres = SphericalKMeans.Centres(points, 4, 5, seed: 3).data<float>().ToArray().Chunk(4).ToArray();
        centres.Select(c => Array.IndexOf(c, c.Max())).ShouldBe([0, 1, 2, 3], ignoreOrder: true);
        centres.ShouldAllBe(c => c.Max() > 0.995);
    }

    [Fact]
    public void DeadCodes_AreMovedOntoLatentsOfObjects_AndLiveOnesStay()
    {
        using var scope = NewDisposeScope();
        var usage = new CodeUsage(3, seed: 1);
        for (var i = 0; i < 700; i++) usage.Count([0, 1]);
        usage.Alive.ShouldBe(2);
        var codebook = zeros(3, 2);
        usage.Revive(codebook, tensor(new[] { 1f, 1f, 2f, 2f }, 2, 2), [false, true]);
        codebook.data<float>().ToArray().ShouldBe([0, 0, 0, 0, 2, 2]);
        usage.Alive.ShouldBe(3);
    }

    [Fact]
    public void ShapesData_LabelsTheCellsOfItsObjects()
    {
        var data = new ShapesPretrainingData(1);
        for (var i = 0; i < 20; i++)
        {
            var example = data.Image(i);
            example.Labels.Length.ShouldBe(32);
            example.Labels.Chunk(2).ShouldAllBe(c => (c[0] == 8) == (c[1] == 8));
            example.Labels.Chunk(2).Count(c => c[0] != 8).ShouldBeInRange(1, 4);
        }

        var answers = Enumerable.Range(0, 200).Select(i => data.Answer(i)).ToArray();
        answers.Count(a => a.Question == "Describe the image.").ShouldBeInRange(20, 50);
        answers.Count(a => a.Question.EndsWith("Answer with one of the options.", StringComparison.Ordinal)).ShouldBeInRange(120, 160);
        answers.ShouldAllBe(a => a.Answer.Length > 0 && a.Cells.Labels.Any(l => l != 8));
    }
}
