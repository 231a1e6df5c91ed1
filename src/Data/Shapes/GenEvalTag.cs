namespace PairUni.Data.Shapes;

/// <summary>GenEval's six tasks.</summary>
public static class GenEvalTag
{
    public const string SingleObject = "single_object";
    public const string TwoObject = "two_object";
    public const string Counting = "counting";
    public const string Colors = "colors";
    public const string Position = "position";
    public const string ColorAttribute = "color_attr";

    /// <summary>All six, in GenEval's order.</summary>
    public static IReadOnlyList<string> All { get; } = [SingleObject, TwoObject, Counting, Colors, Position, ColorAttribute];
}
