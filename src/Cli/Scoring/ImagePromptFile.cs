using System.Text.Json;
using PairUni.Contracts;

namespace PairUni.Cli.Scoring;

/// <summary>JSON Lines of an image and a prompt each; image paths are relative to the file.</summary>
internal static class ImagePromptFile
{
    /// <returns>At least one pair; images with their full paths.</returns>
    /// <exception cref="UserErrorException">The file cannot be read, holds nothing, or a line is no pair.</exception>
    public static IReadOnlyList<(string Image, string Prompt)> Read(string file)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{file}: the file cannot be read ({fault.Message})", fault);
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        var pairs = lines.Index().Where(line => !string.IsNullOrWhiteSpace(line.Item)).Select(line => Parse(line.Item, folder, $"{file}:{line.Index + 1}")).ToArray();
        return pairs.Length > 0 ? pairs : throw new UserErrorException($"{file}: there are no pairs; write {{\"image\": ..., \"prompt\": ...}} on a line");
    }

    private static (string Image, string Prompt) Parse(string line, string folder, string where)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return (Path.Combine(folder, Text(document.RootElement, "image", where)), Text(document.RootElement, "prompt", where));
        }
        catch (JsonException fault)
        {
            throw new UserErrorException($"{where}: the line is broken JSON (near character {fault.BytePositionInLine + 1})", fault);
        }
    }

    private static string Text(JsonElement pair, string key, string where) =>
        pair.ValueKind == JsonValueKind.Object && pair.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new UserErrorException($"{where}: \"{key}\" is missing or no text; a line is {{\"image\": ..., \"prompt\": ...}}");
}
