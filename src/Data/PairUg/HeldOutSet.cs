using System.Text.Json;
using PairUni.Data.Features;
using PairUni.Modeling.Images;

namespace PairUni.Data.PairUg;

/// <summary>Prompts and images that a model is examined on, which training data must not hold.</summary>
public sealed class HeldOutSet
{
    private readonly HashSet<string> prompts = new(StringComparer.Ordinal);
    private readonly List<PerceptualHash> images = [];

    /// <summary>Number of different prompts.</summary>
    public int Prompts => prompts.Count;

    /// <summary>Number of images.</summary>
    public int Images => images.Count;

    /// <summary>
    /// Reads a JSON Lines file, or the prompts.jsonl and questions.jsonl of a folder: every "prompt" and "image_path", at the top or inside
    /// "generate_ann" and "understand_ann".
    /// </summary>
    /// <exception cref="DataFileException">A file cannot be read, a line or an image is broken, or nothing is in it.</exception>
    public static HeldOutSet Read(string path)
    {
        var set = new HeldOutSet();
        string[] files = Directory.Exists(path) ? [.. new[] { "prompts.jsonl", "questions.jsonl" }.Select(name => Path.Combine(path, name)).Where(File.Exists)] : [path];
        foreach (var file in files)
            foreach (var (line, text) in JsonLines.Read(file))
                set.Add(file, line, text);
        return set.Prompts + set.Images > 0 ? set : throw new DataFileException($"{path}: there is no \"prompt\" and no \"image_path\" in it; give a JSON Lines file that has them, or a folder with prompts.jsonl or questions.jsonl.");
    }

    /// <summary>Whether a prompt is held out; letter case, spaces and a full stop at the end do not matter.</summary>
    public bool Holds(string prompt) => prompts.Contains(Plain(prompt));

    /// <summary>Whether an image, or a near-duplicate, is held out.</summary>
    public bool Holds(PerceptualHash hash) => images.Exists(image => image.IsNear(hash));

    private void Add(string file, int line, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new JsonException();
            foreach (var part in new[] { "", "generate_ann", "understand_ann" })
            {
                var root = document.RootElement;
                if (part.Length > 0 && (!root.TryGetProperty(part, out root) || root.ValueKind != JsonValueKind.Object))
                    continue;
                if (Word(root, "prompt") is { Length: > 0 } prompt)
                    prompts.Add(Plain(prompt));
                if (Word(root, "image_path") is { Length: > 0 } image)
                    images.Add(PerceptualHash.Of(RgbImage.Load(new DataFolder(file).Resolve(image, $"{file}:{line}"))));
            }
        }
        catch (JsonException fault)
        {
            throw new DataFileException($"{file}:{line}: the line is no JSON object.", fault);
        }
        catch (ImageFileException fault)
        {
            throw new DataFileException($"{file}:{line}: {fault.Message}", fault);
        }
    }

    private static string? Word(JsonElement root, string name) => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Plain(string text) => string.Join(' ', text.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');
}
