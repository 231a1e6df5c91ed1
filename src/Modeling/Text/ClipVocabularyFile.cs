using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using PairUni.Modeling.Files;

namespace PairUni.Modeling.Text;

/// <summary>
/// The file bpe_simple_vocab_16e6.txt.gz that CLIP and HPSv2 are distributed with, packed or unpacked: a line of heading, then a merge a
/// line. Ids depend on every line of it, so its SHA-256 is checked.
/// </summary>
public static class ClipVocabularyFile
{
    /// <summary>The file's name where CLIP and HPSv2 have it.</summary>
    public const string FileName = "bpe_simple_vocab_16e6.txt.gz";

    /// <summary>SHA-256 of the file as distributed.</summary>
    public const string PackedSha256 = "924691ac288e54409236115652ad4aa250f48203de50a9e4722a6ecd48d6804a";

    private const string UnpackedSha256 = "67603cfda2e032ad77b5f8808af37789d590db664b26df8705d2bf8b3c553fc8";
    private const string UnpackedName = "bpe_simple_vocab_16e6.txt";
    private const string MadeUpName = "bpe_made_up_vocab.txt";
    private const int UnpackedLength = 3_194_984;
    private const int Others = ClipTokenizer.DefaultVocabSize - 48894;

    /// <summary>The merges in the order of their rank.</summary>
    /// <param name="path">The file, or a folder that holds it.</param>
    /// <param name="vocabSize">Ids of the model. A model of another size than CLIP brings a file of its own, with a merge for each id after the 512 symbols and before the two special tokens.</param>
    /// <exception cref="ModelFileException">The file is missing, damaged or another one.</exception>
    public static IReadOnlyList<string> Read(string path, int vocabSize = ClipTokenizer.DefaultVocabSize)
    {
        var file = Find(path);
        var text = Unpack(file);
        var isClips = vocabSize == ClipTokenizer.DefaultVocabSize && Path.GetFileName(file) != MadeUpName;
        if (isClips && Convert.ToHexStringLower(SHA256.HashData(text)) != UnpackedSha256)
        {
            throw new ModelFileException($"{file} is not CLIP's vocabulary, so every token id would be wrong; "
                + $"use {FileName} of CLIP or HPSv2 (SHA-256 {PackedSha256}).");
        }
        string[] merges = [.. Encoding.UTF8.GetString(text).Split('\n').Skip(1).Take(Math.Max(0, vocabSize - Others)).TakeWhile(line => line.Length > 0)];
        return merges.Length == vocabSize - Others
            ? merges
            : throw new ModelFileException($"{file} has {merges.Length} merges where a model of {vocabSize} ids needs {vocabSize - Others}; use the file that belongs to the model.");
    }

    /// <summary>The file itself: <paramref name="path"/>, or what it is called in the folder <paramref name="path"/>.</summary>
    /// <exception cref="ModelFileException">It is neither.</exception>
    public static string Find(string path)
    {
        if (File.Exists(path))
            return path;
        if (!Directory.Exists(path))
            throw new ModelFileException($"{path} does not exist; give the path of {FileName} of CLIP or HPSv2.");
        foreach (var name in new[] { FileName, UnpackedName, MadeUpName })
        {
            if (File.Exists(Path.Combine(path, name)))
                return Path.Combine(path, name);
        }
        throw new ModelFileException($"{path} has no {FileName}; copy the file from CLIP or HPSv2 into it (SHA-256 {PackedSha256}).");
    }

    /// <summary>Writes merges of any two bytes, for a model of random weights: the right number of ids, and no meaning.</summary>
    public static void WriteMadeUp(string directory)
    {
        var merges = ByteAlphabet.InVocabularyOrder.SelectMany(left => ByteAlphabet.InVocabularyOrder.Select(right => $"{left} {right}"));
        AtomicFile.Write(
            Path.Combine(directory, MadeUpName),
            Encoding.UTF8.GetBytes(string.Join('\n', merges.Take(ClipTokenizer.DefaultVocabSize - Others).Prepend("made up")) + "\n"));
    }

    private static byte[] Unpack(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            var packed = stream.ReadByte() == 0x1F && stream.ReadByte() == 0x8B;
            stream.Position = 0;
            using var source = packed ? new GZipStream(stream, CompressionMode.Decompress) : (Stream)stream;
            // One byte more than the right file has, so that a longer one fails the check without being read.
            var text = new byte[UnpackedLength + 1];
            return text[..source.ReadAtLeast(text, text.Length, throwOnEndOfStream: false)];
        }
        catch (InvalidDataException fault)
        {
            throw new ModelFileException($"{file} is damaged ({fault.Message}); use {FileName} of CLIP or HPSv2 (SHA-256 {PackedSha256}).", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ModelFileException($"{file} cannot be read ({fault.Message}); give the path of {FileName} of CLIP or HPSv2.", fault);
        }
    }
}
