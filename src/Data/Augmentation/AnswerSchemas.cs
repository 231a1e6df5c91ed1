namespace PairUni.Data.Augmentation;

/// <summary>What an answer must look like, as JSON Schema. The lists of details and the checks make a model look before it writes.</summary>
public static class AnswerSchemas
{
    private const string Caption = """
        {"type": "object", "additionalProperties": false, "required": ["details", "caption"], "properties": {
          "details": {"type": "array", "items": {"type": "string"}},
          "caption": {"type": "string"}}}
        """;

    private const string Question = """
        {"type": "object", "additionalProperties": false, "required": ["details", "question", "options", "answer"], "properties": {
          "details": {"type": "array", "items": {"type": "string"}},
          "question": {"type": "string"},
          "options": {"type": "object", "additionalProperties": false, "required": ["A", "B", "C", "D"], "properties": {
            "A": {"type": "string"}, "B": {"type": "string"}, "C": {"type": "string"}, "D": {"type": "string"}}},
          "answer": {"type": "string", "enum": ["A", "B", "C", "D"]}}}
        """;

    private const string Check = """
        {"type": "object", "additionalProperties": false, "required": ["reason", "contradiction", "sufficient"], "properties": {
          "reason": {"type": "string"},
          "contradiction": {"type": "boolean"},
          "sufficient": {"type": "boolean"}}}
        """;

    /// <summary>The schema of a stage's answer.</summary>
    public static string Of(AugmentStage stage) => stage switch
    {
        AugmentStage.Caption => Caption,
        AugmentStage.Question => Question,
        _ => Check,
    };
}
