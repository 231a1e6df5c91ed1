using PairUni.Contracts;
using PairUni.Grains;

namespace PairUni.Silo.Tests;

public sealed class JournalCheckerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<JournalEntry> _entries = [];

    [Fact]
    public void AWholeRun_HasNoFindings()
    {
        Start();
        Step(1);
        Step(2);
        var report = Check(maxLag: 0);
        report.Findings.ShouldBeEmpty();
        (report.Planned, report.Trained.Count, report.Dropped, report.Open, report.Version, report.MaxLag).ShouldBe((4, 4, 0, 0, 2, 0));
    }

    [Fact]
    public void AGroupTrainedTwice_IsFound()
    {
        Start();
        Step(1);
        Trained(1, TaskKind.Generate);
        Check().Findings.ShouldBe([new(12, JournalRule.TrainedOnce, "r/1/0/generate was trained twice")]);
    }

    [Fact]
    public void AGroupLeftBehind_IsFound()
    {
        Start();
        Planned(1);
        Accepted(1, TaskKind.Generate, 0);
        Trained(1, TaskKind.Generate);
        Published(1);
        Check().Findings.ShouldBe([new(8, JournalRule.NoneLeftBehind, "r/1/0/understand was neither trained nor dropped when version 1 was published")]);
    }

    [Fact]
    public void ADroppedGroup_NeedsAReason()
    {
        Start();
        Planned(1);
        Accepted(1, TaskKind.Generate, 0);
        Trained(1, TaskKind.Generate);
        Add(JournalKind.Dropped, 1, TaskKind.Understand, reason: " ");
        Published(1);
        Check().Findings.ShouldBe([new(8, JournalRule.DroppedWithReason, "r/1/0/understand was dropped without a reason")]);
    }

    [Fact]
    public void AGroupTrainedWithoutAnAcceptedOffer_IsFound()
    {
        Start();
        Planned(1);
        Trained(1, TaskKind.Generate);
        Check().Findings.ShouldBe([new(6, JournalRule.TrainedIfAccepted, "r/1/0/generate was trained but no offer of it was accepted")]);
    }

    [Fact]
    public void AGroupOlderThanTheLag_IsFound()
    {
        Start();
        Step(1);
        Step(2, madeBy: 0);
        Check(maxLag: 1).Findings.ShouldBeEmpty();
        Check(maxLag: 0).Findings.Count.ShouldBe(2);
        Check(maxLag: 0).Findings[0].Sentence.ShouldContain("was made by version 0 and trained at version 1, max_lag is 0");
        Check().MaxLag.ShouldBe(1);
    }

    [Fact]
    public void AVersionThatIsSkipped_IsFound()
    {
        Start();
        Published(2);
        Check().Findings.ShouldBe([new(4, JournalRule.VersionsInOrder, "version 2 was published, 1 was next")]);
    }

    [Fact]
    public void AResumedRun_MayTrainAgainWhatCameAfterItsCheckpoint()
    {
        Start();
        Step(1);
        Step(2);
        Restored(1);
        Step(2);
        var report = Check(maxLag: 0);
        report.Findings.ShouldBeEmpty();
        (report.Trained.Count, report.Version).ShouldBe((4, 2));
    }

    [Fact]
    public void AKilledRun_HasOpenGroups_NotFindings()
    {
        Start();
        Step(1);
        Planned(2);
        var report = Check();
        report.Findings.ShouldBeEmpty();
        report.Open.ShouldBe(2);
    }

    [Fact]
    public void ADroppedGroup_MayBeTrained_OnlyAfterARestore()
    {
        Start();
        Planned(1);
        Add(JournalKind.Dropped, 1, TaskKind.Generate, reason: "judge fell over");
        Restored(0);
        Step(1);
        Check().Findings.ShouldBeEmpty();
        _entries.RemoveRange(_entries.FindLastIndex(e => e.Kind == JournalKind.Restored), 2);
        Check().Findings.ShouldContain(f => f.Rule == JournalRule.TrainedOrDropped && f.Sentence == "r/1/0/generate was trained after it was dropped");
    }

    [Fact]
    public void ADamagedLine_IsOneSentenceWithItsNumber()
    {
        Start();
        Write();
        File.AppendAllText(_folder["j"], "{\"kind\":\"dance\",\"run\":\"r\"}\n");
        Should.Throw<UserErrorException>(() => JournalChecker.Check(_folder["j"], new())).Message.ShouldStartWith($"{_folder["j"]}:4: not a journal entry");
    }

    [Fact]
    public void AMissingJournal_IsOneSentence() =>
        Should.Throw<UserErrorException>(() => JournalChecker.Check(_folder["none"], new())).Message.ShouldBe($"There is no journal at '{_folder["none"]}'; give the folder of a run.");

    public void Dispose() => _folder.Dispose();

    private void Start()
    {
        Restored(0);
        Verified(0);
    }

    private void Step(int step, int? madeBy = null)
    {
        Planned(step);
        foreach (var task in Enum.GetValues<TaskKind>()) Accepted(step, task, madeBy ?? step - 1);
        foreach (var task in Enum.GetValues<TaskKind>()) Trained(step, task);
        Published(step);
        Verified(step);
    }

    private void Planned(int step)
    {
        foreach (var task in Enum.GetValues<TaskKind>()) Add(JournalKind.Planned, step, task);
    }

    private void Accepted(int step, TaskKind task, int version) => Add(JournalKind.Offered, step, task, version, "accepted");

    private void Trained(int step, TaskKind task) => Add(JournalKind.Trained, step, task, step);

    private void Add(JournalKind kind, int step, TaskKind task, int? version = null, string? reason = null) =>
        _entries.Add(new() { Kind = kind, Run = "r", Key = new("r", step, 0, task), Worker = "w/0", Version = version, Reason = reason });

    private void Published(int version) => _entries.Add(new() { Kind = JournalKind.Published, Run = "r", Version = version });

    private void Verified(int version) => _entries.Add(new() { Kind = JournalKind.Verified, Run = "r", Worker = "w/0", Version = version });

    private void Restored(int version)
    {
        _entries.Add(new() { Kind = JournalKind.Restored, Run = "r", Version = version });
        Published(version);
    }

    private void Write()
    {
        File.Delete(_folder["j"]);
        using var journal = new JournalFile(_folder["j"], TimeProvider.System);
        foreach (var entry in _entries) journal.Append(entry);
    }

    private JournalReport Check(int? maxLag = null)
    {
        Write();
        return JournalChecker.Check(_folder["j"], new() { MaxLag = maxLag });
    }
}
