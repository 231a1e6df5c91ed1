using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PairUni.Cli.Config;

/// <summary>Writes values the way the YAML file has them, so that reading them again gives the same value.</summary>
internal static partial class ConfigText
{
    public static string Of(object? value) => value switch
    {
        null => "null",
        bool b => b ? "true" : "false",
        double x => Number(x),
        string s => Word(s),
        IEnumerable items => "[" + string.Join(", ", items.Cast<object>().Select(Of)) + "]",
        IFormattable n and (int or long) => n.ToString(null, CultureInfo.InvariantCulture),
        _ => "{" + string.Join(", ", ConfigSchema.SettingsOf(value).Where(s => s.Value is not null).Select(s => $"{s.Name}: {Of(s.Value)}")) + "}",
    };

    /// <summary>Shortest text that reads back as the same double: 5e-5, 0.2, 1e+6 as 1000000.</summary>
    public static string Number(double x)
    {
        var text = x.ToString("R", CultureInfo.InvariantCulture);
        var e = text.IndexOf('E', StringComparison.Ordinal);
        if (e < 0)
            return text;
        var exponent = int.Parse(text[(e + 1)..], CultureInfo.InvariantCulture);
        return $"{text[..e]}e{exponent}";
    }

    private static string Word(string text) => Safe().IsMatch(text) && !Reserved().IsMatch(text) ? text : JsonSerializer.Serialize(text);

    [GeneratedRegex(@"^[A-Za-z_./][A-Za-z0-9_./-]*$")]
    private static partial Regex Safe();

    [GeneratedRegex(@"^(null|true|false|yes|no|on|off|y|n|\.inf|\.nan|\.|\.\.)$", RegexOptions.IgnoreCase)]
    private static partial Regex Reserved();
}
