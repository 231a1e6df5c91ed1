namespace PairUni.Cli.Augment;

/// <summary>What an endpoint understands of structured output.</summary>
internal enum AnswerFormat
{
    /// <summary>JSON Schema, which the answer is held to.</summary>
    Schema,

    /// <summary>JSON of any form.</summary>
    Json,

    /// <summary>Nothing: the prompt alone asks for JSON.</summary>
    Text,
}
