using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PairUni.Modeling.Text;

/// <summary>The byte-level BPE tokenizer of a Janus model folder: text to ids and back. Safe to use from several threads.</summary>
public sealed class JanusTokenizer
{
    /// <summary>Vocabulary, merges and pre-tokenizer.</summary>
    public const string FileName = "tokenizer.json";

    /// <summary>Names of the begin, end and pad tokens.</summary>
    public const string ConfigFileName = "tokenizer_config.json";

    /// <summary>The same names again, for older readers.</summary>
    public const string SpecialTokensFileName = "special_tokens_map.json";

    private readonly AddedTokens added;
    private readonly PreTokenizer preTokenizer;
    private readonly BpeModel model;
    private readonly Dictionary<int, byte[]> bytesOf = [];
    private readonly HashSet<int> special;
    private readonly Dictionary<string, byte[]> files = [];

    private JanusTokenizer(string dir)
    {
        var path = Path.Combine(dir, FileName);
        using var document = JsonDocument.Parse(Read(path));
        var root = document.RootElement;
        if (root.TryGetProperty("normalizer", out var normalizer) && normalizer.ValueKind == JsonValueKind.Object
            && !(normalizer.TryGetProperty("normalizers", out var list) && list.GetArrayLength() == 0))
        {
            throw new ModelFileException($"{path}: a tokenizer with a normalizer is not supported.");
        }
        added = AddedTokens.Parse(root, path);
        preTokenizer = PreTokenizer.Parse(root.GetProperty("pre_tokenizer"), path);
        model = BpeModel.Parse(root.GetProperty("model"), path);
        foreach (var (token, id) in model.Vocabulary)
            bytesOf[id] = ByteAlphabet.Decode(token);
        foreach (var token in added.All)
            bytesOf[token.Id] = ByteAlphabet.Decode(token.Content);
        special = [.. added.All.Where(token => token.Special).Select(token => token.Id)];
        VocabSize = bytesOf.Keys.Max() + 1;
        (BosId, EosId, PadId) = NamedIds(dir);
        BeginOfImageId = Required(SpecialTokenNames.BeginOfImage, path);
        EndOfImageId = Required(SpecialTokenNames.EndOfImage, path);
        ImagePlaceholderId = Required(SpecialTokenNames.ImagePlaceholder, path);
    }

    /// <summary>Id that opens every encoded text.</summary>
    public int BosId { get; }

    /// <summary>Id that ends an answer.</summary>
    public int EosId { get; }

    /// <summary>Id of left padding and of the unconditional prompt.</summary>
    public int PadId { get; }

    /// <summary>Id that opens an image.</summary>
    public int BeginOfImageId { get; }

    /// <summary>Id that closes an image.</summary>
    public int EndOfImageId { get; }

    /// <summary>Id that image features replace.</summary>
    public int ImagePlaceholderId { get; }

    /// <summary>Largest id plus one; a model's embedding table may be larger.</summary>
    public int VocabSize { get; }

    /// <summary>Reads tokenizer.json, tokenizer_config.json and special_tokens_map.json (the last two where present) of a model folder.</summary>
    /// <exception cref="ModelFileException">A file is missing, malformed or of an unsupported kind; the sentence says which.</exception>
    public static JanusTokenizer Load(string dir)
    {
        try
        {
            return new JanusTokenizer(dir);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new ModelFileException($"{Path.Combine(dir, FileName)}: the tokenizer is malformed ({fault.Message}).", fault);
        }
    }

    /// <summary>Writes the files it was read from, byte for byte, into another model folder.</summary>
    public void Save(string dir)
    {
        foreach (var (name, content) in files)
            File.WriteAllBytes(Path.Combine(dir, name), content);
    }

    /// <summary>The id of a token by its text (byte symbols for ordinary tokens); null when there is none.</summary>
    public int? IdOf(string token) =>
        added.All.FirstOrDefault(candidate => candidate.Content == token)?.Id
        ?? (model.Vocabulary.TryGetValue(token, out var id) ? id : null);

    /// <summary>True for ids that <see cref="Decode"/> leaves out.</summary>
    public bool IsSpecial(int id) => special.Contains(id);

    /// <summary>The ids of a text. Special tokens written in the text become their ids; nothing is appended.</summary>
    public int[] Encode(string text, bool addBos = true)
    {
        try
        {
            var ids = new List<int>();
            if (addBos)
                ids.Add(BosId);
            foreach (var (stretch, token) in added.Split(text))
            {
                if (token is not null)
                    ids.Add(token.Id);
                else
                    ids.AddRange(preTokenizer.Split(stretch).SelectMany(model.Encode));
            }
            return [.. ids];
        }
        catch (RegexMatchTimeoutException fault)
        {
            throw new ModelFileException($"The tokenizer's expressions take too long on a text of {text.Length} characters.", fault);
        }
    }

    /// <summary>The pieces of a text before BPE: added tokens whole, the rest as the pre-tokenizer cuts it.</summary>
    public IReadOnlyList<string> Pieces(string text) =>
        [.. added.Split(text).SelectMany(part => part.Token is null ? preTokenizer.Split(part.Text) : [part.Text])];

    /// <summary>The text of ids; broken UTF-8 becomes U+FFFD, ids without a token become nothing.</summary>
    public string Decode(IEnumerable<int> ids, bool skipSpecial = true)
    {
        var bytes = new List<byte>();
        foreach (var id in ids)
        {
            if (!(skipSpecial && special.Contains(id)) && bytesOf.TryGetValue(id, out var token))
                bytes.AddRange(token);
        }
        return Encoding.UTF8.GetString([.. bytes]);
    }

    private (int Bos, int Eos, int Pad) NamedIds(string dir)
    {
        var (configPath, mapPath) = (Path.Combine(dir, ConfigFileName), Path.Combine(dir, SpecialTokensFileName));
        using var config = File.Exists(configPath) ? JsonDocument.Parse(Read(configPath)) : null;
        using var map = File.Exists(mapPath) ? JsonDocument.Parse(Read(mapPath)) : null;
        int Id(string key, string fallback) => Required(Name(config, key) ?? Name(map, key) ?? fallback, Path.Combine(dir, FileName));
        return (Id("bos_token", SpecialTokenNames.Bos), Id("eos_token", SpecialTokenNames.Eos), Id("pad_token", SpecialTokenNames.Pad));
    }

    private static string? Name(JsonDocument? document, string key)
    {
        if (document is null || !document.RootElement.TryGetProperty(key, out var value))
            return null;
        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Object when value.TryGetProperty("content", out var content) => content.GetString(),
            _ => null,
        };
    }

    private int Required(string token, string path) =>
        IdOf(token) ?? throw new ModelFileException($"{path}: the tokenizer lacks the token {token}, which Janus needs.");

    private byte[] Read(string path)
    {
        try
        {
            return files[Path.GetFileName(path)] = File.ReadAllBytes(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ModelFileException($"{path}: the tokenizer cannot be read ({fault.Message}); a Janus model folder needs this file.", fault);
        }
    }
}
