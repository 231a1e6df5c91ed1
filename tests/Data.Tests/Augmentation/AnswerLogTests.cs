using PairUni.Data.Augmentation;
using PairUni.Data.Pools;

namespace PairUni.Data.Tests.Augmentation;

public sealed class AnswerLogTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string LogFile => folder.At(AnswerLog.Name);

    [Fact]
    public async Task WhatWasAppended_IsFoundAgain_ButNotWhatWasLost()
    {
        await using (var log = AnswerLog.Open(LogFile))
            await Task.WhenAll(Enumerable.Range(0, 50).Select(i => log.Append(Entry($"k{i}") with { Outcome = i == 7 ? AnswerOutcome.Lost : AnswerOutcome.Given })));
        await using var again = AnswerLog.Open(LogFile);
        (again.Entries.Count, again.Torn).ShouldBe((50, false));
        again.Find("k3", 0)!.Text.ShouldBe("line\none");
        (again.Find("k3", 1), again.Find("k7", 0)).ShouldBe((null, null));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    public async Task ALastLineThatIsNotWhole_IsCutOff_AndTheNextOneIsWhole(int missing)
    {
        await using (var log = AnswerLog.Open(LogFile))
        {
            await log.Append(Entry("a"));
            await log.Append(Entry("b"));
        }
        await File.WriteAllBytesAsync(LogFile, (await File.ReadAllBytesAsync(LogFile))[..^missing]);
        await using (var log = AnswerLog.Open(LogFile))
        {
            log.Torn.ShouldBeTrue();
            log.Find("b", 0).ShouldBeNull();
            await log.Append(Entry("c"));
        }
        await using var whole = AnswerLog.Open(LogFile);
        whole.Entries.Select(entry => entry.Key).ShouldBe(["a", "c"]);
    }

    [Fact]
    public async Task ALineThatIsBroken_OrALogInUse_IsToldWithFileAndLine()
    {
        await using (var log = AnswerLog.Open(LogFile))
        {
            await log.Append(Entry("a"));
            Should.Throw<DataFileException>(() => AnswerLog.Open(LogFile)).Message.ShouldStartWith($"{LogFile}: the log of answers cannot be opened (");
        }
        await File.WriteAllTextAsync(LogFile, "{\"key\"\n" + await File.ReadAllTextAsync(LogFile));
        Should.Throw<DataFileException>(() => AnswerLog.Open(LogFile)).Message.ShouldBe($"{LogFile}:1: the line is no answer of data augment; restore the file, or give another --out.");
    }

    [Fact]
    public void AKey_HangsOnTheSample_TheStage_ThePromptAndTheModel()
    {
        var sample = new PoolSample { Id = "a", ImagePath = "a.png", Sha256 = "00", Question = "q", Answer = "x" };
        string[] keys =
        [
            Of(sample).Key("p 1", "m"), Of(sample, AugmentStage.CheckCaption).Key("p 1", "m"), Of(sample).Key("p 2", "m"), Of(sample).Key("p 1", "n"),
            Of(sample with { Id = "b" }).Key("p 1", "m"), Of(sample with { Sha256 = "01" }).Key("p 1", "m"), Of(sample with { Question = "qx", Answer = "" }).Key("p 1", "m"),
            (Of(sample) with { Sample = sample with { Prompt = "draft" } }).Key("p 1", "m"),
        ];
        keys.Distinct().Count().ShouldBe(keys.Length);
        Of(sample with { Tag = "other" }).Key("p 1", "m").ShouldBe(keys[0]);

        static Inquiry Of(PoolSample s, AugmentStage stage = AugmentStage.Caption) => new(stage, s, "", Inquiry.DigestOf(s));
    }

    public void Dispose() => folder.Dispose();

    private static LogEntry Entry(string key) => new()
    {
        Key = key,
        Try = 0,
        Id = key,
        Sha256 = "",
        Sample = "",
        Stage = AugmentStage.Caption,
        Prompt = "p",
        Model = "m",
        Outcome = AnswerOutcome.Given,
        Text = "line\none",
        InputTokens = 1,
        OutputTokens = 2,
    };
}
