using PairUni.Contracts;
using PairUni.Learner.Checkpoints;

namespace PairUni.Learner.Tests.Checkpoints;

public sealed class CheckpointFolderTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("pairuni-checkpoints-").FullName;

    private CheckpointFolder Folder => new(_root);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private string Save(int step, string content = "weights") =>
        Folder.Save(step, path => File.WriteAllText(Path.Combine(path, "model"), content));

    private string[] Entries() => [.. Directory.GetFileSystemEntries(_root).Select(e => Path.GetFileName(e)).Order(StringComparer.Ordinal)];

    [Fact]
    public void BeforeTheFirstSave_ThereIsNoLatest()
    {
        Folder.Latest().ShouldBeNull();
        Folder.Steps.ShouldBeEmpty();
    }

    [Fact]
    public void Save_LeavesTheFolderAndLatest_AndNothingElse()
    {
        Save(1).ShouldBe(Path.Combine(_root, "step-000001"));
        Save(20);
        Entries().ShouldBe(["latest", "step-000001", "step-000020"]);
        Folder.Latest().ShouldBe(Path.Combine(_root, "step-000020"));
        Folder.Steps.ShouldBe([1, 20]);
    }

    [Fact]
    public void SavingAStepAgain_ReplacesIt()
    {
        Save(1, "old");
        File.ReadAllText(Path.Combine(Save(1, "new"), "model")).ShouldBe("new");
        Entries().ShouldBe(["latest", "step-000001"]);
    }

    [Fact]
    public void AFullDisk_KeepsThePreviousCheckpoint_AndSaysSo()
    {
        Save(1);
        var error = Should.Throw<UserErrorException>(() => Folder.Save(2, path =>
        {
            File.WriteAllText(Path.Combine(path, "model"), "half");
            throw new IOException("No space left on device");
        }));
        error.Message.ShouldBe(
            $"The checkpoint of step 2 could not be saved in {_root}: No space left on device; the checkpoint of step 1 is still good. "
            + "Free disk space or fix the folder's permissions, then go on with --resume.");
        Entries().ShouldBe(["latest", "step-000001"]);
        File.ReadAllText(Path.Combine(Folder.Latest()!, "model")).ShouldBe("weights");
    }

    [Fact]
    public void AFullDiskWhileReplacingAStep_KeepsTheOldOne()
    {
        Save(1, "old");
        Should.Throw<UserErrorException>(() => Folder.Save(1, _ => throw new IOException("No space left on device")));
        File.ReadAllText(Path.Combine(Folder.Latest()!, "model")).ShouldBe("old");
    }

    [Fact]
    public void ASaveThatWasKilled_LeavesNoCheckpoint_AndIsSweptAway()
    {
        Save(1);
        Directory.CreateDirectory(Path.Combine(_root, ".tmp-step-000002"));
        Folder.Steps.ShouldBe([1]);
        Folder.Sweep();
        Entries().ShouldBe(["latest", "step-000001"]);
    }

    [Fact]
    public void Prune_KeepsTheLastOnes_AndEveryNth()
    {
        foreach (var step in new[] { 10, 20, 30, 40, 50 }) Save(step);
        Folder.Prune(keepLast: 2, keepEvery: 20);
        Folder.Steps.ShouldBe([20, 40, 50]);
    }

    [Fact]
    public void Prune_NeverDeletesTheLatest()
    {
        Save(30);
        Save(40);
        Save(10);
        Folder.Prune(keepLast: 1, keepEvery: 0);
        Folder.Steps.ShouldBe([10, 40]);
    }

    [Fact]
    public void ALatestThatNamesNothing_IsOneSentence()
    {
        Save(1);
        File.WriteAllText(Path.Combine(_root, "latest"), "step-000009\n");
        Should.Throw<UserErrorException>(() => Folder.Latest()).Message.ShouldContain("names the checkpoint 'step-000009', which is not there");
    }

    [Fact]
    public void AFolderThatCannotBeWritten_IsOneSentence()
    {
        var file = Path.Combine(_root, "file");
        File.WriteAllText(file, "");
        Should.Throw<UserErrorException>(() => new CheckpointFolder(file).Save(1, _ => { }))
            .Message.ShouldStartWith($"The checkpoint of step 1 could not be saved in {file}: ");
    }
}
