using System.Text.Json;
using PairUni.Modeling.Text;

namespace PairUni.Modeling.Tests.Text;

// fixtures/clip_prompts.json: prompts with what HPSv2's own tokenizer makes of them.
public class ClipTokenizerTests
{
    private static readonly ClipTokenizer Tokenizer = new(ClipMerges.Padded());
    private static readonly JsonElement[] Prompts =
        [.. JsonDocument.Parse(File.ReadAllBytes(Fixture.Text("clip_prompts.json"))).RootElement.EnumerateArray()];

    [Fact]
    public void TheVocabulary_HasTheOriginalsIds()
    {
        (Tokenizer.StartId, Tokenizer.EndId, Tokenizer.VocabSize).ShouldBe((49406, 49407, 49408));
    }

    [Fact]
    public void AMadeUpVocabulary_HasTheOriginalsNumberOfIds()
    {
        using var folder = new TemporaryFolder();
        ClipVocabularyFile.WriteMadeUp(folder.Path);
        var tokenizer = ClipTokenizer.Load(folder.Path);
        tokenizer.VocabSize.ShouldBe(ClipTokenizer.DefaultVocabSize);
        tokenizer.Encode("red").ShouldNotBe(tokenizer.Encode("der"));
    }

    [Fact]
    public void Clean_GivesTheOriginalsTexts()
    {
        Prompts.Length.ShouldBe(20);
        foreach (var prompt in Prompts)
            ClipTokenizer.Clean(prompt.GetProperty("text").GetString()!).ShouldBe(prompt.GetProperty("cleaned").GetString());
    }

    [Fact]
    public void Encode_GivesTheOriginalsIds()
    {
        foreach (var prompt in Prompts)
            Tokenizer.Encode(prompt.GetProperty("text").GetString()!).ShouldBe(Ints(prompt, "ids"), prompt.GetProperty("text").GetString());
    }

    [Fact]
    public void Row_IsCutOrFilledUpTo77()
    {
        foreach (var prompt in Prompts)
        {
            var expected = Ints(prompt, "row");
            Array.Resize(ref expected, 77);
            Tokenizer.Row(prompt.GetProperty("text").GetString()!).ShouldBe(expected);
        }
        Tokenizer.Row("a", 4).ShouldBe([49406, 320, 49407, 0]);
        Tokenizer.Row("a a a a", 4).ShouldBe([49406, 320, 320, 49407]);
    }

    [Fact]
    public void AMergeOfUnknownSymbols_IsRefused() =>
        Should.Throw<ModelFileException>(() => new ClipTokenizer(["a b", "ab zz"])).Message.ShouldContain("merge 1 (\"ab zz\")");

    [Fact]
    public void Load_OfAnotherFile_SaysThatTheIdsWouldBeWrong()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("bpe_simple_vocab_16e6.txt", "#version\na b\n");
        var error = Should.Throw<ModelFileException>(() => ClipTokenizer.Load(folder.Path));
        error.Message.ShouldContain(path);
        error.Message.ShouldContain("is not CLIP's vocabulary");
        error.Message.ShouldContain("924691ac288e54409236115652ad4aa250f48203de50a9e4722a6ecd48d6804a");
    }

    [Fact]
    public void AModelOfAnotherSize_BringsItsOwnMerges()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("bpe_simple_vocab_16e6.txt", "#version\na b\nab c</w>\n");
        var tokenizer = ClipTokenizer.Load(folder.Path, 516);
        tokenizer.Encode("abc ab").ShouldBe([513, 64, 321]);
        (tokenizer.StartId, tokenizer.EndId).ShouldBe((514, 515));
        Should.Throw<ModelFileException>(() => ClipTokenizer.Load(folder.Path, 520)).Message
            .ShouldBe($"{path} has 2 merges where a model of 520 ids needs 6; use the file that belongs to the model.");
    }

    [Fact]
    public void Load_OfADamagedPackedFile_SaysSo()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "bpe_simple_vocab_16e6.txt.gz");
        File.WriteAllBytes(path, [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 255, 255, 255, 255]);
        Should.Throw<ModelFileException>(() => ClipTokenizer.Load(path)).Message.ShouldContain($"{path} is damaged");
    }

    [Fact]
    public void Load_OfAFolderWithoutTheFile_NamesTheFile()
    {
        using var folder = new TemporaryFolder();
        Should.Throw<ModelFileException>(() => ClipTokenizer.Load(folder.Path)).Message.ShouldContain("has no bpe_simple_vocab_16e6.txt.gz");
    }

    private static int[] Ints(JsonElement prompt, string key) => [.. prompt.GetProperty(key).EnumerateArray().Select(item => item.GetInt32())];
}
