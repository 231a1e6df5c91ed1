using PairUni.Contracts;
using PairUni.Grains;

namespace PairUni.Silo.Tests;

public sealed class JournalFileTests : IDisposable
{
    private static readonly JournalEntry Claimed = new()
    {
        Kind = JournalKind.Claimed,
        Run = "r",
        Key = new("r", 3, 1, TaskKind.Understand),
        Worker = "local/0",
        Version = 2,
        Lease = 17,
    };

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Append_WritesOneLineOfJson_ThatAnotherProcessSeesAtOnce()
    {
        using var journal = new JournalFile(_folder["j"], new NoonClock());
        journal.Append(Claimed);
        File.ReadAllText(_folder["j"]).ShouldBe(
            """{"t":"2030-01-01T12:00:00.000000Z","kind":"claimed","run":"r","step":3,"pair":1,"task":"understand","worker":"local/0","version":2,"lease":17}""" + "\n");
    }

    [Fact]
    public void ALine_ReadBack_IsTheEntry() => JournalLine.Read(LineOf(Claimed)).ShouldBe(Claimed);

    [Fact]
    public void ALine_WithoutGroup_ReadBack_IsTheEntry()
    {
        var left = new JournalEntry { Kind = JournalKind.Left, Run = "r", Worker = "w/1", Reason = "its lease \"1\" ran out" };
        JournalLine.Read(LineOf(left)).ShouldBe(left);
    }

    [Fact]
    public void Open_CutsTheTornLineOfAKilledProcess_AndGoesOn()
    {
        using (var first = new JournalFile(_folder["j"], new NoonClock())) first.Append(Claimed);
        File.AppendAllText(_folder["j"], "{\"t\":\"2030");
        using (var second = new JournalFile(_folder["j"], new NoonClock())) second.Append(Claimed);
        File.ReadAllLines(_folder["j"]).Select(JournalLine.Read).ShouldBe([Claimed, Claimed]);
    }

    [Fact]
    public void Append_FromManyThreads_KeepsLinesWhole()
    {
        using (var journal = new JournalFile(_folder["j"], new NoonClock()))
            Parallel.For(0, 500, i => journal.Append(Claimed with { Lease = i }));
        File.ReadAllLines(_folder["j"]).Select(l => JournalLine.Read(l).Lease!.Value).Order().ShouldBe(Enumerable.Range(0, 500).Select(i => (long)i));
    }

    public void Dispose() => _folder.Dispose();

    private string LineOf(JournalEntry entry)
    {
        using (var journal = new JournalFile(_folder["line"], new NoonClock())) journal.Append(entry);
        return File.ReadAllLines(_folder["line"]).Single();
    }

    private sealed class NoonClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);
    }
}
