using PairUni.Modeling.Files;
using PairUni.Modeling.Text;

namespace PairUni.Modeling.Hps;

/// <summary>Where the files of an HPS model are: weights, sizes and the vocabulary of its tokenizer.</summary>
/// <param name="Weights">HPS_v2.1_compressed.pt, or another file of weights.</param>
/// <param name="Config">open_clip_config.json beside the weights; null where there is none, which means the sizes of HPSv2.1.</param>
/// <param name="Vocabulary">bpe_simple_vocab_16e6.txt.gz.</param>
public sealed record HpsFiles(string Weights, string? Config, string Vocabulary)
{
    /// <summary>Name that HPSv2.1's weights are distributed under.</summary>
    public const string WeightsName = "HPS_v2.1_compressed.pt";

    private static readonly string[] Preferred = [WeightsName, CheckpointFolder.FileName];
    private static readonly string[] Patterns = ["*.safetensors", "*.pt", "*.bin"];

    /// <summary>Where the sizes come from, for people.</summary>
    internal string Stated => Config ?? "the sizes of HPSv2.1 (ViT-H-14)";

    /// <summary>Finds them from the path of the weights or of the folder that they are in.</summary>
    /// <param name="path">File or folder.</param>
    /// <param name="vocabulary">The vocabulary, if it is not in the same folder.</param>
    /// <exception cref="ModelFileException">A file is missing, or it is not clear which one is meant.</exception>
    public static HpsFiles Find(string path, string? vocabulary = null)
    {
        HpsFiles files = FindForImages(path);
        return files with { Vocabulary = ClipVocabularyFile.Find(vocabulary ?? Path.GetDirectoryName(Path.GetFullPath(files.Weights))!) };
    }

    /// <summary>As <see cref="Find"/> where no text is read: without a vocabulary, which is left empty.</summary>
    /// <exception cref="ModelFileException">There are no weights, or it is not clear which ones are meant.</exception>
    internal static HpsFiles FindForImages(string path)
    {
        string weights = Directory.Exists(path) ? Only(path) : path;
        if (!File.Exists(weights))
            throw new ModelFileException($"{path} does not exist; give {WeightsName}, or a folder with it and {ClipVocabularyFile.FileName}.");
        string config = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(weights))!, HpsConfig.FileName);
        return new HpsFiles(weights, File.Exists(config) ? config : null, "");
    }

    /// <summary>Looks at all of them without loading the weights.</summary>
    /// <exception cref="ModelFileException">One of them is damaged or of another kind.</exception>
    public void Check()
    {
        using WeightFile weights = Open();
        Tokenizer();
    }

    /// <summary>Sizes of the model.</summary>
    /// <exception cref="ModelFileException">The file of sizes is unreadable or states sizes that make no model.</exception>
    public HpsConfig Sizes() => Config is null ? new HpsConfig() : HpsConfig.Load(Config);

    /// <summary>The tokenizer with as many ids as the model.</summary>
    /// <exception cref="ModelFileException">The vocabulary is damaged or belongs to another model.</exception>
    public ClipTokenizer Tokenizer() => ClipTokenizer.Load(Vocabulary, Sizes().Text.VocabSize);

    /// <summary>The weights, held against the sizes.</summary>
    /// <exception cref="ModelFileException">The file is damaged, or a tensor is missing, extra or misshapen.</exception>
    public WeightFile Open()
    {
        WeightFile weights = WeightFile.Open(Weights);
        try
        {
            HpsWeights.Check(weights, Sizes(), Stated);
            return weights;
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    private static string Only(string folder)
    {
        string[] found = [.. Patterns.SelectMany(pattern => Directory.EnumerateFiles(folder, pattern)).Order(StringComparer.Ordinal)];
        if (Preferred.Select(name => Path.Combine(folder, name)).FirstOrDefault(found.Contains) is { } known)
            return known;
        return found switch
        {
            [] => throw new ModelFileException($"{folder} has no weights; put {WeightsName} there."),
            [string only] => only,
            _ => throw new ModelFileException($"{folder} has {found.Length} files of weights ({string.Join(", ", found.Take(3).Select(Path.GetFileName))}); give the path of one of them."),
        };
    }
}
