using System.Text.Json;

namespace PairUni.Modeling.Text;

/// <summary>One token that is found in the text as a whole before BPE sees the rest.</summary>
internal sealed record AddedToken(int Id, string Content, bool Special, bool SingleWord, bool StripsLeft, bool StripsRight);

/// <summary>Finds added tokens in text: leftmost first, the longest of those that start at the same place.</summary>
internal sealed class AddedTokens
{
    private readonly Dictionary<char, AddedToken[]> byFirstChar;

    internal AddedTokens(IReadOnlyList<AddedToken> tokens)
    {
        All = tokens;
        byFirstChar = tokens.GroupBy(token => token.Content[0])
            .ToDictionary(group => group.Key, group => group.OrderByDescending(token => token.Content.Length).ToArray());
    }

    internal IReadOnlyList<AddedToken> All { get; }

    internal static AddedTokens Parse(JsonElement root, string path)
    {
        if (!root.TryGetProperty("added_tokens", out var list) || list.ValueKind != JsonValueKind.Array)
            return new AddedTokens([]);
        return new AddedTokens([.. list.EnumerateArray().Select(node => ParseOne(node, path))]);
    }

    /// <summary>Yields, in order, plain stretches of text (token null) and added tokens.</summary>
    internal IEnumerable<(string Text, AddedToken? Token)> Split(string text)
    {
        var start = 0;
        for (var i = 0; i < text.Length;)
        {
            if (MatchAt(text, i) is not { } token)
            {
                i++;
                continue;
            }
            var end = i + token.Content.Length;
            var from = token.StripsLeft ? start + text[start..i].TrimEnd().Length : i;
            if (from > start)
                yield return (text[start..from], null);
            yield return (token.Content, token);
            while (token.StripsRight && end < text.Length && char.IsWhiteSpace(text[end]))
                end++;
            start = i = end;
        }
        if (start < text.Length)
            yield return (text[start..], null);
    }

    private static AddedToken ParseOne(JsonElement node, string path)
    {
        bool Flag(string key) => node.TryGetProperty(key, out var value) && value.GetBoolean();
        var content = node.GetProperty("content").GetString();
        var id = node.GetProperty("id").GetInt32();
        if (string.IsNullOrEmpty(content) || id < 0)
            throw new ModelFileException($"{path}: added token {id} needs a text and an id of at least 0.");
        return new AddedToken(id, content, Flag("special"), Flag("single_word"), Flag("lstrip"), Flag("rstrip"));
    }

    private AddedToken? MatchAt(string text, int start)
    {
        if (!byFirstChar.TryGetValue(text[start], out var candidates))
            return null;
        foreach (var token in candidates)
        {
            if (string.CompareOrdinal(text, start, token.Content, 0, token.Content.Length) != 0)
                continue;
            var end = start + token.Content.Length;
            if (!token.SingleWord || ((start == 0 || !IsWord(text[start - 1])) && (end == text.Length || !IsWord(text[end]))))
                return token;
        }
        return null;
    }

    private static bool IsWord(char unit) => char.IsLetterOrDigit(unit) || unit == '_';
}
