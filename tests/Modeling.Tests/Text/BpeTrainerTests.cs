using PairUni.Modeling.Text;

namespace PairUni.Modeling.Tests.Text;

public class BpeTrainerTests
{
    private static readonly string[] Corpus =
    [
        "a photo of a red circle", "a photo of three stars", "a photo of a circle left of a square",
        "What colour is the circle?\nA. red\nB. blue\nAnswer with the letter only.",
    ];

    [Fact]
    public void Train_FillsTheVocabularyInOrder_BytesMergesSpecial()
    {
        using var folder = new TemporaryFolder();
        var tokenizer = BpeTrainer.Train(Corpus, 280, folder.Path);
        tokenizer.VocabSize.ShouldBe(280);
        tokenizer.IdOf("!").ShouldBe(0);
        tokenizer.IdOf("Ġ").ShouldBe(220);
        tokenizer.BosId.ShouldBe(272);
        tokenizer.IdOf("<|Assistant|>").ShouldBe(279);
    }

    [Fact]
    public void Train_MergesTheMostFrequentPairFirst()
    {
        using var folder = new TemporaryFolder();
        BpeTrainer.Train(["ab ab ab cd"], 266, folder.Path, minPairCount: 1);
        var tokenizer = JanusTokenizer.Load(folder.Path);
        tokenizer.IdOf("ab").ShouldBe(256);
        tokenizer.IdOf("Ġab").ShouldBe(257);
    }

    [Fact]
    public void Train_RoundTripsAnyText()
    {
        using var folder = new TemporaryFolder();
        var tokenizer = BpeTrainer.Train(Corpus, 400, folder.Path);
        foreach (var text in Corpus.Append("Grüße, 世界 🙂 12"))
            tokenizer.Decode(tokenizer.Encode(text)).ShouldBe(text);
        tokenizer.Encode("a photo of a red circle", addBos: false).Length.ShouldBeLessThan(9);
    }

    [Fact]
    public void Train_PassesOverSpecialTokens()
    {
        using var folder = new TemporaryFolder();
        var tokenizer = BpeTrainer.Train([ChatTemplate.Generation("ab ab")], 300, folder.Path);
        tokenizer.IdOf("Ġab").ShouldNotBeNull();
        tokenizer.VocabSize.ShouldBe(256 + 2 + 8);
    }

    [Fact]
    public void Train_IsDeterministic()
    {
        using var first = new TemporaryFolder();
        using var second = new TemporaryFolder();
        BpeTrainer.Train(Corpus, 300, first.Path);
        BpeTrainer.Train(Corpus.Reverse(), 300, second.Path);
        File.ReadAllText(Path.Combine(second.Path, "tokenizer.json")).ShouldBe(File.ReadAllText(Path.Combine(first.Path, "tokenizer.json")));
    }

    [Fact]
    public void Train_WritesTheDeepSeekPreTokenizer()
    {
        using var folder = new TemporaryFolder();
        var tokenizer = BpeTrainer.Train(Corpus, 300, folder.Path);
        var reference = JanusTokenizer.Load(Fixture.Text());
        foreach (var text in new[] { "café  12 naïve\n\n<b>", "𐐀𐐁a 世界 x1y2", "  trailing  ", "½ ² Ⅷ ٣" })
            tokenizer.Pieces(text).ShouldBe(reference.Pieces(text));
    }
}
