using System.Text;

namespace PairUni.Modeling.Text;

/// <summary>Janus-Pro's conversation format (template name "deepseek").</summary>
public static class ChatTemplate
{
    /// <summary>The system prompt that Janus was trained with for understanding; generation has none.</summary>
    public const string UnderstandingSystemPrompt =
        "You are a helpful language and vision assistant. You are able to understand the visual content that the user provides, "
        + "and assist the user with a variety of tasks using natural language.";

    /// <summary>
    /// Joins messages: role, colon, space, trimmed content, then two newlines after even positions and the end-of-sentence
    /// token after odd ones; an empty message is left open as role and colon.
    /// </summary>
    public static string Format(IEnumerable<ChatMessage> messages, string systemPrompt = "")
    {
        var text = new StringBuilder();
        if (systemPrompt.Length > 0)
            text.Append(systemPrompt).Append("\n\n");
        var position = 0;
        foreach (var message in messages)
        {
            var content = message.Content.Trim();
            text.Append(message.Role).Append(':');
            if (content.Length > 0)
                text.Append(' ').Append(content).Append(position % 2 == 0 ? "\n\n" : SpecialTokenNames.Eos);
            position++;
        }
        return text.ToString().Trim();
    }

    /// <summary>The prompt of image generation, up to and including the begin-of-image token.</summary>
    public static string Generation(string prompt) =>
        Format([new(SpecialTokenNames.User, prompt), new(SpecialTokenNames.Assistant, "")]) + SpecialTokenNames.BeginOfImage;

    /// <summary>The prompt of a question about images: one placeholder a line for each image, then the question.</summary>
    /// <exception cref="ArgumentException">The question itself holds an image placeholder.</exception>
    public static string Understanding(string question, int images = 1)
    {
        if (question.Contains(SpecialTokenNames.ImagePlaceholder, StringComparison.Ordinal))
            throw new ArgumentException($"A question must not contain {SpecialTokenNames.ImagePlaceholder}: images are given separately.", nameof(question));
        var slots = string.Concat(Enumerable.Repeat(SpecialTokenNames.ImagePlaceholder + "\n", images));
        return Format([new(SpecialTokenNames.User, slots + question), new(SpecialTokenNames.Assistant, "")], UnderstandingSystemPrompt);
    }
}
