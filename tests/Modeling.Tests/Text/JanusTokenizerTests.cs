using System.Text.Json;
using PairUni.Modeling.Text;

namespace PairUni.Modeling.Tests.Text;

// fixtures/cases.json was computed by two independent formulations of the documented byte-level BPE semantics.
public class JanusTokenizerTests
{
    private static readonly JanusTokenizer Tokenizer = JanusTokenizer.Load(Fixture.Text());
    private static readonly JsonElement Cases = JsonDocument.Parse(File.ReadAllBytes(Fixture.Text("cases.json"))).RootElement;

    [Fact]
    public void Encode_GivesTheReferenceIds_WithAndWithoutTheBeginToken()
    {
        var cases = Cases.GetProperty("encode").EnumerateArray().ToArray();
        cases.Length.ShouldBe(48);
        foreach (var one in cases)
        {
            var text = one.GetProperty("text").GetString()!;
            Tokenizer.Encode(text).ShouldBe(Ints(one.GetProperty("ids")), text);
            Tokenizer.Encode(text, addBos: false).ShouldBe(Ints(one.GetProperty("ids_without_special_tokens")), text);
        }
    }

    [Fact]
    public void Pieces_AreTheReferencePieces()
    {
        foreach (var one in Cases.GetProperty("encode").EnumerateArray())
        {
            var expected = one.GetProperty("pieces").EnumerateArray()
                .SelectMany(piece => piece.ValueKind == JsonValueKind.Array ? piece.EnumerateArray().Select(part => part.GetString()!) : [piece.GetString()!]);
            Tokenizer.Pieces(one.GetProperty("text").GetString()!).ShouldBe(expected);
        }
    }

    [Fact]
    public void Decode_GivesTheReferenceTexts_WithAndWithoutSpecialTokens()
    {
        var cases = Cases.GetProperty("decode").EnumerateArray().ToArray();
        cases.Length.ShouldBe(53);
        foreach (var one in cases)
        {
            var ids = Ints(one.GetProperty("ids"));
            Tokenizer.Decode(ids).ShouldBe(one.GetProperty("skip_special_tokens").GetString());
            Tokenizer.Decode(ids, skipSpecial: false).ShouldBe(one.GetProperty("keep_special_tokens").GetString());
        }
    }

    [Fact]
    public void NamedIds_AreLookedUpByText()
    {
        (Tokenizer.BosId, Tokenizer.EosId, Tokenizer.PadId).ShouldBe((402, 403, 404));
        (Tokenizer.BeginOfImageId, Tokenizer.EndOfImageId, Tokenizer.ImagePlaceholderId).ShouldBe((405, 406, 407));
        Tokenizer.VocabSize.ShouldBe(411);
        Tokenizer.IdOf("no such token").ShouldBeNull();
        Tokenizer.IsSpecial(409).ShouldBeTrue();
        Tokenizer.IsSpecial(410).ShouldBeFalse();
    }

    [Fact]
    public void Save_WritesFilesThatLoadTheSame()
    {
        using var folder = new TemporaryFolder();
        Tokenizer.Save(folder.Path);
        foreach (var name in new[] { "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json" })
            File.ReadAllBytes(Path.Combine(folder.Path, name)).ShouldBe(File.ReadAllBytes(Fixture.Text(name)));
        JanusTokenizer.Load(folder.Path).Encode("The image shows two cats.").ShouldBe([402, 280, 299, 316, 276, 82, 398, 277, 282, 82, 13]);
    }

    [Theory]
    [InlineData("{", "malformed")]
    [InlineData("{}", "malformed")]
    [InlineData("""{"pre_tokenizer":{"type":"Metaspace"},"model":{}}""", "\"Metaspace\" is not supported")]
    [InlineData("""{"pre_tokenizer":{"type":"ByteLevel","add_prefix_space":false,"use_regex":false},"model":{"type":"Unigram"}}""", "\"Unigram\" is not supported")]
    [InlineData("""{"pre_tokenizer":{"type":"ByteLevel","add_prefix_space":false,"use_regex":false},"model":{"type":"BPE","vocab":{"a":0},"merges":[]}}""", "lacks the byte symbol")]
    [InlineData("""{"pre_tokenizer":{"type":"Split","pattern":{"Regex":"[a"},"behavior":"Isolated"},"model":{}}""", "expression [a cannot be used")]
    public void Load_OfABadFile_SaysWhatAndWhere(string content, string expected)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("tokenizer.json", content);
        var error = Should.Throw<ModelFileException>(() => JanusTokenizer.Load(folder.Path));
        error.Message.ShouldContain(path);
        error.Message.ShouldContain(expected);
    }

    [Fact]
    public void Load_OfATokenizerWithoutAJanusToken_NamesTheToken()
    {
        using var folder = new TemporaryFolder();
        var content = File.ReadAllText(Fixture.Text("tokenizer.json"));
        folder.File("tokenizer.json", content.Replace("<image_placeholder>", "<other>", StringComparison.Ordinal));
        Should.Throw<ModelFileException>(() => JanusTokenizer.Load(folder.Path)).Message.ShouldContain("<image_placeholder>");
    }

    [Fact]
    public void Load_OfAFolderWithoutTokenizer_NamesTheFile()
    {
        using var folder = new TemporaryFolder();
        Should.Throw<ModelFileException>(() => JanusTokenizer.Load(folder.Path)).Message.ShouldContain("tokenizer.json: the tokenizer cannot be read");
    }

    private static int[] Ints(JsonElement list) => [.. list.EnumerateArray().Select(item => item.GetInt32())];
}
