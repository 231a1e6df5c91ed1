using System.Globalization;

namespace PairUni.Cli.Config;

/// <summary>Says in words what a key may be, for messages and for docs/configuration.md.</summary>
internal static class ConfigRange
{
    public static string Describe(ConfigKey key)
    {
        var text = Kind(key);
        return key.MayBeEmpty ? text + ", or empty" : text;
    }

    private static string Kind(ConfigKey key)
    {
        if (key.Allowed is { } allowed)
            return "one of " + string.Join(", ", allowed.Select(a => a.Length == 0 ? "\"\"" : a));
        if (ConfigSchema.IsList(key))
            return ConfigSchema.ItemType(key) == typeof(string) ? "a list of words such as [a, b]" : "a list such as [{name: ..., weight: 1}]";
        if (key.Type == typeof(bool))
            return "true or false";
        if (key.Pattern is not null)
            return PatternInWords(key);
        if (key.Type == typeof(string))
            return key.Unit == "path" ? "a path" : "a text";
        return (key.Type == typeof(double) ? "a number" : "a whole number") + Bounds(key);
    }

    private static string PatternInWords(ConfigKey key) => key.Name switch
    {
        "name" => "letters, digits, dots, dashes and underscores, at most 64, beginning with a letter or digit",
        "device" => "cpu, cuda or cuda:N",
        _ => "a text that matches " + key.Pattern,
    };

    private static string Bounds(ConfigKey key)
    {
        if (key.Range is not { } range)
            return "";
        var (low, high) = (Number(range.Minimum), Number(range.Maximum));
        var from = range.MinimumIsExclusive ? $" above {low}" : $" from {low}";
        return range.Maximum is double and >= long.MaxValue ? from + " up" : $"{from} to {(range.MaximumIsExclusive ? "below " : "")}{high}";
    }

    private static string Number(object bound) => ConfigText.Number(System.Convert.ToDouble(bound, CultureInfo.InvariantCulture));
}
