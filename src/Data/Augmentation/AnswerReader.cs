using System.Text.Json;
using PairUni.Data.Pools;

namespace PairUni.Data.Augmentation;

/// <summary>Reads what annotators answer, and says what is wrong with it when it is not what was asked for.</summary>
public static class AnswerReader
{
    private const string Letters = "ABCD";
    private const int LongestCaption = 4000;
    private const int LongestQuestion = 2000;

    /// <summary>Completes a sample with the caption of an answer.</summary>
    /// <exception cref="FormatException">The answer is malformed.</exception>
    public static PoolSample WithCaption(PoolSample sample, string answer)
    {
        using var json = Parse(answer);
        return sample with { Prompt = Text(json.RootElement, "caption", LongestCaption) };
    }

    /// <summary>Completes a sample with the question of an answer; the options are put into an order that hangs on <paramref name="digest"/> alone, because models favour some letters.</summary>
    /// <exception cref="FormatException">The answer is malformed.</exception>
    public static PoolSample WithQuestion(PoolSample sample, string answer, string digest)
    {
        using var json = Parse(answer);
        var root = json.RootElement;
        var question = Text(root, "question", LongestQuestion);
        if (question.Split('\n').Any(line => line.Length > 1 && Letters.Contains(line[0], StringComparison.Ordinal) && line[1] is '.' or ')'))
            throw new FormatException("\"question\" lists options itself");
        if (!root.TryGetProperty("options", out var options) || options.ValueKind != JsonValueKind.Object)
            throw new FormatException("there is no object \"options\"");
        var texts = Letters.Select(letter => Text(options, letter.ToString(), LongestQuestion).ReplaceLineEndings(" ")).ToArray();
        if (texts.Distinct(StringComparer.OrdinalIgnoreCase).Count() < texts.Length)
            throw new FormatException("two options are the same");
        var right = Text(root, "answer", LongestQuestion).Trim().TrimEnd('.').ToUpperInvariant();
        if (right.Length != 1 || !Letters.Contains(right, StringComparison.Ordinal))
            throw new FormatException("\"answer\" is not A, B, C or D");
        var order = new[] { 0, 1, 2, 3 };
        new SeededRandom(0, Inquiry.Seed(digest)).Shuffle<int>(order);
        var lines = order.Select((option, place) => $"{Letters[place]}. {texts[option]}\n");
        return sample with
        {
            Question = $"{question}\n{string.Concat(lines)}Answer with one of the options.",
            Answer = Letters[Array.IndexOf(order, right[0] - 'A')].ToString(),
        };
    }

    /// <summary>What a check found.</summary>
    /// <exception cref="FormatException">The answer is malformed.</exception>
    public static (bool Contradiction, bool Sufficient, string Reason) Verdict(string answer)
    {
        using var json = Parse(answer);
        var reason = json.RootElement.TryGetProperty("reason", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()!.Trim() : "";
        return (Flag(json.RootElement, "contradiction"), Flag(json.RootElement, "sufficient"), reason);
    }

    // Endpoints without structured output wrap JSON into a fence.
    private static JsonDocument Parse(string answer)
    {
        var text = answer.Trim();
        if (text.StartsWith("```", StringComparison.Ordinal) && text.IndexOf('\n', StringComparison.Ordinal) is > 0 and var first)
            text = text[first..].TrimEnd('`', ' ', '\n', '\r');
        try
        {
            var json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind == JsonValueKind.Object ? json : throw new FormatException("the answer is no JSON object");
        }
        catch (JsonException)
        {
            throw new FormatException("the answer is no JSON");
        }
    }

    private static string Text(JsonElement json, string name, int longest)
    {
        var text = json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()!.Trim() : throw new FormatException($"there is no text \"{name}\"");
        return text.Length == 0 ? throw new FormatException($"\"{name}\" is empty")
            : text.Length > longest ? throw new FormatException($"\"{name}\" has {text.Length} characters, more than {longest}")
            : text;
    }

    private static bool Flag(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False
        ? value.GetBoolean() : throw new FormatException($"\"{name}\" is neither true nor false");
}
