using PairUni.Data.Augmentation;
using PairUni.Data.Pools;

namespace PairUni.Data.Tests.Augmentation;

public sealed class PromptFileTests : IDisposable
{
    private static readonly PoolSample Sample = new() { Id = "a", ImagePath = "a.png", Sha256 = "00", Question = "Why {{answer}}?", Answer = "so", Prompt = "p" };
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("caption.md")]
    [InlineData("question.md")]
    [InlineData("check-caption.md")]
    [InlineData("check-question.md")]
    [InlineData("janus-caption.md")]
    public void ThePromptsThatComeWithPairUni_AreSound(string name) => PromptFile.Load(null, name).For(Sample).ShouldNotContain("{{question}}");

    [Fact]
    public void APrompt_PutsASampleIn_Once_AndItsVersionHangsOnItsContent()
    {
        folder.File("caption.md", "version: 3\r\n--- system\r\nBe short.\r\n--- user\r\n{{question}} - {{ answer }} - {{prompt}}\r\n");
        var prompt = PromptFile.Load(folder.Path, "caption.md");
        (prompt.System, prompt.For(Sample)).ShouldBe(("Be short.", "Why {{answer}}? - so - p"));
        prompt.Version.ShouldMatch("^caption 3 [0-9a-f]{12}$");
        folder.File("caption.md", "version: 3\n--- user\n{{question}}\n");
        PromptFile.Load(folder.Path, "caption.md").Version.ShouldNotBe(prompt.Version);
        PromptFile.Load(folder.Path, "question.md").Version.ShouldStartWith("question 1 ");
    }

    [Theory]
    [InlineData("--- user\nx\n", ":1: a prompt begins with a line \"version: N\"; count it up with each edit.")]
    [InlineData("version: 1\nx\n", ": a prompt has a part \"--- user\" with text in it, and \"--- system\" before it if need be.")]
    [InlineData("version: 1\n--- user\nx\n{{caption}}\n", ":4: nothing stands for {{caption}}; there are {{prompt}}, {{question}}, {{answer}}.")]
    public void WhatIsWrong_IsToldWithItsFile(string text, string expected)
    {
        var file = folder.File("caption.md", text);
        Should.Throw<DataFileException>(() => PromptFile.Load(folder.Path, "caption.md")).Message.ShouldBe(file + expected);
    }

    public void Dispose() => folder.Dispose();
}
