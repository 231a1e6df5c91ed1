namespace PairUni.Cli.Augment;

/// <summary>Which endpoint writes captions and questions, and how it is asked.</summary>
internal sealed record OpenAiSettings
{
    /// <summary>Where "/chat/completions" is, such as https://api.openai.com/v1.</summary>
    public required Uri BaseUrl { get; init; }

    public required string Model { get; init; }

    /// <summary>Never printed, never written.</summary>
    public required string Key { get; init; }

    /// <summary>Longest answer in tokens, reasoning included.</summary>
    public int MaxTokens { get; init; } = 2048;

    /// <summary>Input tokens that an image counts as at most, where a budget reserves them.</summary>
    public int ImageTokens { get; init; } = 3000;

    /// <summary>How the endpoint is told to answer in JSON.</summary>
    public AnswerFormat Format { get; init; } = AnswerFormat.Schema;

    /// <summary>Folder of prompts that replace those that come with PairUni.</summary>
    public string? Prompts { get; init; }
}
