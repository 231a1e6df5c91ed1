namespace PairUni.Data.Shapes;

/// <summary>The words of the shapes world and their small grammar.</summary>
public static class ShapeNames
{
    private static readonly string[] NumberWords = ["no", "one", "two", "three", "four", "five"];

    /// <summary>All shapes.</summary>
    public static IReadOnlyList<ShapeKind> Shapes { get; } = Enum.GetValues<ShapeKind>();

    /// <summary>All colours.</summary>
    public static IReadOnlyList<ShapeColour> Colours { get; } = Enum.GetValues<ShapeColour>();

    /// <summary>The four relations, each at an even index followed by its inverse.</summary>
    public static IReadOnlyList<string> Relations { get; } = ["left of", "right of", "above", "below"];

    /// <summary>The shape's class name, such as "circle".</summary>
    public static string Of(ShapeKind shape) => shape.ToString().ToLowerInvariant();

    /// <summary>The colour's name, such as "red".</summary>
    public static string Of(ShapeColour colour) => colour.ToString().ToLowerInvariant();

    /// <summary>The shape of a class name; null for another word.</summary>
    public static ShapeKind? Shape(string name) => Find<ShapeKind>(name);

    /// <summary>The colour of a name; null for another word.</summary>
    public static ShapeColour? Colour(string name) => Find<ShapeColour>(name);

    /// <summary>"es" after s, else "s", as GenEval does.</summary>
    public static string Plural(string noun) => noun + (noun.EndsWith('s') ? "es" : "s");

    /// <summary>The noun with "a" or "an".</summary>
    public static string WithArticle(string noun) => ("aeiou".Contains(noun[0], StringComparison.Ordinal) ? "an " : "a ") + noun;

    /// <summary>Words for 0 to 5.</summary>
    public static string Number(int count) => NumberWords[count];

    private static T? Find<T>(string name) where T : struct, Enum =>
        name.Length > 0 && char.IsAsciiLetterLower(name[0]) && Enum.TryParse<T>(name, ignoreCase: true, out var value) ? value : null;
}
