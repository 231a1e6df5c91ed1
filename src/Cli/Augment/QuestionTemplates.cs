using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using PairUni.Data;
using PairUni.Data.Augmentation;

namespace PairUni.Cli.Augment;

/// <summary>
/// Questions for an annotator that cannot write any: lists of words, and patterns that find them in a caption. A pattern is a regular
/// expression in which {colour} is any word of that list and {shape2} a second one of the list shape.
/// </summary>
internal sealed partial class QuestionTemplates
{
    public const string FileName = "janus-questions.json";

    private const int Options = 4;
    private const string Letters = "ABCD";
    private readonly IReadOnlyDictionary<string, string[]> words;
    private readonly IReadOnlyList<(Regex When, string Ask, string Answer)> questions;

    private QuestionTemplates(Contents contents, string text)
    {
        (Text, Version, words) = (text, PromptFile.VersionOf(FileName, contents.Version, text), contents.Words);
        questions = [.. contents.Questions.Select(question => (new Regex($@"(?<!\w){Slot().Replace(question.When, Words)}(?!\w)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant), question.Ask, question.Answer))];
    }

    public string Text { get; }

    public string Version { get; }

    /// <exception cref="DataFileException">The file is no list of such questions.</exception>
    public static QuestionTemplates Load(string? folder)
    {
        var (text, path) = PromptFile.Read(folder, FileName);
        try
        {
            return new(JsonSerializer.Deserialize<Contents>(text) ?? throw new JsonException("it is empty"), text);
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException or KeyNotFoundException)
        {
            throw new DataFileException($"{path}: the file holds no questions in the form of configs/prompts/{FileName} ({fault.Message.Split(" Path:")[0].TrimEnd('.')}).", fault);
        }
    }

    /// <summary>The first question that a caption answers in one way only, as <see cref="AnswerSchemas"/> has it; null when there is none.</summary>
    public string? For(string caption, ulong seed)
    {
        foreach (var (when, ask, answer) in questions)
        {
            var asked = when.Matches(caption).Select(match => (Question: Slot().Replace(ask, slot => match.Groups[slot.Groups[1].Value].Value), Answer: match.Groups[answer].Value.ToLowerInvariant()))
                .GroupBy(pair => pair.Question).FirstOrDefault(group => group.Distinct().Count() == 1);
            if (asked is null)
                continue;
            var right = asked.First().Answer;
            // What the caption names as well may hold too.
            var wrong = words[ListOf(answer)].Where(word => !Regex.IsMatch(caption, $@"(?<!\w){Regex.Escape(word)}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)).ToArray();
            if (wrong.Length < Options - 1)
                continue;
            string[] options = [right, .. new SeededRandom(seed).Sample(wrong, Options - 1)];
            return JsonSerializer.Serialize(new { question = asked.Key, options = options.Select((text, i) => (text, i)).ToDictionary(option => Letters[option.i].ToString(), option => option.text), answer = "A" });
        }
        return null;
    }

    private string Words(Match slot) => $"(?<{slot.Groups[1].Value}>{string.Join('|', words[ListOf(slot.Groups[1].Value)].Select(Regex.Escape))})";

    private static string ListOf(string slot) => slot.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');

    [GeneratedRegex(@"\{([a-z]+\d*)\}")]
    private static partial Regex Slot();

    private sealed record Contents
    {
        [JsonPropertyName("version")]
        public required string Version { get; init; }

        [JsonPropertyName("words")]
        public required IReadOnlyDictionary<string, string[]> Words { get; init; }

        [JsonPropertyName("questions")]
        public required IReadOnlyList<Template> Questions { get; init; }
    }

    private sealed record Template
    {
        [JsonPropertyName("when")]
        public required string When { get; init; }

        [JsonPropertyName("ask")]
        public required string Ask { get; init; }

        [JsonPropertyName("answer")]
        public required string Answer { get; init; }
    }
}
