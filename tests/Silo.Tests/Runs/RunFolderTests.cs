using PairUni.Contracts;

namespace PairUni.Silo.Tests;

public sealed class RunFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void ANewName_MakesTheFolder()
    {
        using var run = Open("a", RunFolderMode.New);
        Directory.Exists(_folder["a"]).ShouldBeTrue();
        (run.CommittedStep, run.Name).ShouldBe((0, "a"));
    }

    [Fact]
    public void ATakenName_IsRefused_SayingWhatToDo()
    {
        Open("a", RunFolderMode.New).Dispose();
        File.WriteAllText(_folder["a/journal.jsonl"], "x");
        Fault("a", RunFolderMode.New).ShouldBe(
            $"The run 'a' exists already in {_folder["a"]}; choose another --name, or give --resume to go on or --overwrite to begin again.");
    }

    [Fact]
    public void WhatARunLeftThatNeverBegan_DoesNotTakeItsName()
    {
        Open("a", RunFolderMode.New).Dispose();
        File.WriteAllText(_folder["a/config.resolved.yaml"], "x");
        Open("a", RunFolderMode.New).Dispose();
        Directory.GetFileSystemEntries(_folder["a"]).Select(Path.GetFileName).ShouldBe(["run.lock"]);
    }

    [Fact]
    public void Resume_OfAnUnknownRun_IsRefused() => Fault("a", RunFolderMode.Resume).ShouldStartWith("There is no run 'a'");

    [Fact]
    public void Resume_KeepsWhatIsThere()
    {
        Open("a", RunFolderMode.New).Dispose();
        File.WriteAllText(_folder["a/metrics.jsonl"], "x");
        Open("a", RunFolderMode.Resume).Dispose();
        File.ReadAllText(_folder["a/metrics.jsonl"]).ShouldBe("x");
    }

    [Fact]
    public void Overwrite_EmptiesTheFolder()
    {
        Open("a", RunFolderMode.New).Dispose();
        Directory.CreateDirectory(_folder["a/checkpoints/step-000001"]);
        File.WriteAllText(_folder["a/metrics.jsonl"], "x");
        Open("a", RunFolderMode.Overwrite).Dispose();
        Directory.GetFileSystemEntries(_folder["a"]).Select(Path.GetFileName).ShouldBe(["run.lock"]);
    }

    [Fact]
    public void Overwrite_OfAFolderThatIsNoRun_LeavesItAlone()
    {
        Directory.CreateDirectory(_folder["thesis"]);
        File.WriteAllText(_folder["thesis/chapter1.tex"], "x");
        Fault("thesis", RunFolderMode.Overwrite).ShouldContain("is not the folder of a run");
        File.Exists(_folder["thesis/chapter1.tex"]).ShouldBeTrue();
    }

    [Fact]
    public void ARunThatAnotherProcessHolds_IsRefused()
    {
        using var held = Open("a", RunFolderMode.New);
        Fault("a", RunFolderMode.Resume).ShouldStartWith("Another process is at work on the run");
    }

    [Fact]
    public void CommittedStep_IsTheStepOfTheLatestCheckpoint()
    {
        Open("a", RunFolderMode.New).Dispose();
        Directory.CreateDirectory(_folder["a/checkpoints/step-000020"]);
        Directory.CreateDirectory(_folder["a/checkpoints/step-000030"]);
        File.WriteAllText(_folder["a/checkpoints/latest"], "step-000020\n");
        using var run = Open("a", RunFolderMode.Resume);
        run.CommittedStep.ShouldBe(20);
    }

    public void Dispose() => _folder.Dispose();

    private RunFolder Open(string name, RunFolderMode mode) => RunFolder.Open(_folder.Path, name, mode);

    private string Fault(string name, RunFolderMode mode) => Should.Throw<UserErrorException>(() => Open(name, mode)).Message;
}
