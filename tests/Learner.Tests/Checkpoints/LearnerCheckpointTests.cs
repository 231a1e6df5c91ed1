using PairUni.Contracts;
using PairUni.Learner.Checkpoints;
using PairUni.Learner.Tests.Training;
using PairUni.Learner.Training;
using PairUni.Modeling.Janus;

namespace PairUni.Learner.Tests.Checkpoints;

public sealed class LearnerCheckpointTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("pairuni-checkpoint-").FullName;

    private static readonly LearnerSettings Settings = new()
    {
        LearningRate = new() { Peak = 1e-3, WarmupSteps = 3 },
        Freeze = ["vision_model", "gen_vision_model"],
        Loss = new() { KlCoef = 0.05 },
    };

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static void Train(PolicyLearner learner, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            // not every step reaches every module: moments must not depend on what earlier steps left in the gradients
            TrainGroup[] groups = i % 2 == 0 ? [TinyPolicy.Images(learner.Policy, i)] : [TinyPolicy.Answers(learner.Policy, i, [1, 0, 0, 1])];
            learner.Step(groups);
        }
    }

    private string Save(PolicyLearner learner, int step) => LearnerCheckpoint.Save(
        new(_root), learner, new() { Step = step, Version = learner.Version, Seed = 7, DataPosition = 12 * step, ConfigHash = "abc" });

    [Fact]
    public void AResumedRun_GoesOnBitForBit()
    {
        Dictionary<string, float[]> straight, resumed;
        using (var policy = TinyPolicy.Create())
        using (var learner = new PolicyLearner(policy, Settings))
        {
            Train(learner, 0, 3);
            Save(learner, 3);
            Train(learner, 3, 7);
            straight = PolicyLearnerTests.Copy(policy);
        }

        var checkpoint = LearnerCheckpoint.Open(new CheckpointFolder(_root).Latest()!);
        using (var policy = JanusPolicy.Load(checkpoint.Folder))
        using (var learner = new PolicyLearner(policy, Settings))
        {
            checkpoint.Restore(learner);
            learner.Version.ShouldBe(3);
            checkpoint.State.DataPosition.ShouldBe(36);
            Train(learner, 3, 7);
            resumed = PolicyLearnerTests.Copy(policy);
        }

        PolicyLearnerTests.SameBits(straight, resumed).ShouldBeTrue();
    }

    [Fact]
    public void ACheckpoint_RestoresIntoALearnerThatHasMovedOn()
    {
        using var policy = TinyPolicy.Create();
        using var learner = new PolicyLearner(policy, Settings);
        Train(learner, 0, 2);
        var at2 = PolicyLearnerTests.Copy(policy);
        var path = Save(learner, 2);
        Train(learner, 2, 4);
        LearnerCheckpoint.Open(path).Restore(learner);
        PolicyLearnerTests.SameBits(at2, PolicyLearnerTests.Copy(policy)).ShouldBeTrue();
        learner.Version.ShouldBe(2);
    }

    [Theory]
    [InlineData("model.safetensors")]
    [InlineData("optimizer.safetensors")]
    [InlineData("config.json")]
    public void ADamagedFile_IsNamedInOneSentence(string name)
    {
        using var policy = TinyPolicy.Create();
        using var learner = new PolicyLearner(policy, Settings);
        var path = Save(learner, 0);
        var file = Path.Combine(path, name);
        var bytes = File.ReadAllBytes(file);
        bytes[^10] ^= 4;
        File.WriteAllBytes(file, bytes);
        Should.Throw<UserErrorException>(() => LearnerCheckpoint.Open(path)).Message
            .ShouldBe($"{file} does not have the SHA-256 that state.json records, so this checkpoint cannot be resumed; name an older one in checkpoints/latest.");
    }

    [Fact]
    public void AMissingFile_IsNamedInOneSentence()
    {
        using var policy = TinyPolicy.Create();
        using var learner = new PolicyLearner(policy, Settings);
        var path = Save(learner, 0);
        File.Delete(Path.Combine(path, "optimizer.safetensors"));
        Should.Throw<UserErrorException>(() => LearnerCheckpoint.Open(path)).Message.ShouldContain("optimizer.safetensors is missing");
        File.WriteAllText(Path.Combine(path, "state.json"), "{ \"step\": ");
        Should.Throw<UserErrorException>(() => LearnerCheckpoint.Open(path)).Message.ShouldContain("state.json cannot be read");
    }

    [Fact]
    public void ACheckpointOfOtherTrainedModules_IsRefused()
    {
        using var policy = TinyPolicy.Create();
        using var learner = new PolicyLearner(policy, Settings);
        var path = Save(learner, 0);
        using var other = new PolicyLearner(policy, Settings with { Freeze = [] });
        Should.Throw<UserErrorException>(() => LearnerCheckpoint.Open(path).Restore(other)).Message.ShouldContain("does not fit this run's model");
    }
}
