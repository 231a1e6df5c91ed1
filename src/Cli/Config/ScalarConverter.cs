using System.Globalization;
using System.Text.RegularExpressions;
using PairUni.Contracts;

namespace PairUni.Cli.Config;

/// <summary>Turns a written scalar into the key's type and holds it against the key's range.</summary>
internal static class ScalarConverter
{
    /// <exception cref="UserErrorException">Wrong type or out of range: place, key, value and what is allowed.</exception>
    public static object? Convert(ConfigKey key, ConfigValue value)
    {
        if (value is not ConfigScalar scalar)
            throw Wrong(key, value.Origin, value is ConfigList ? "a list" : "a mapping");
        if (scalar.IsNull)
            return key.MayBeEmpty ? null : key.Type == typeof(string) && key.MinLength == 0 ? "" : throw Wrong(key, scalar.Origin, "empty");
        object? parsed = key.Type switch
        {
            var t when t == typeof(string) => scalar.Text,
            var t when t == typeof(bool) => Truth(scalar),
            var t when t == typeof(int) => int.TryParse(Plain(scalar), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) ? n : null,
            var t when t == typeof(long) => long.TryParse(Plain(scalar), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) ? n : null,
            var t when t == typeof(double) => double.TryParse(Plain(scalar), NumberStyles.Float, CultureInfo.InvariantCulture, out var x) && double.IsFinite(x) ? x : null,
            _ => throw new NotSupportedException($"{key.Path}: no conversion to {key.Type}"),
        };
        if (parsed is null || !Allows(key, parsed))
            throw Wrong(key, scalar.Origin, Quote(scalar));
        return parsed;
    }

    private static bool Allows(ConfigKey key, object value) =>
        (key.Range?.IsValid(value) ?? true)
        && (key.Allowed?.Contains((string)value) ?? true)
        && (key.Pattern is not { } pattern || Regex.IsMatch((string)value, $"^({pattern})$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)))
        && (value is not string text || (text.Length >= key.MinLength && !text.Contains('\0', StringComparison.Ordinal)));

    private static string? Plain(ConfigScalar scalar) => scalar.Quoted ? null : scalar.Text.Replace("_", "", StringComparison.Ordinal);

    private static object? Truth(ConfigScalar scalar) => scalar.Quoted ? null : scalar.Text.ToLowerInvariant() switch
    {
        "true" or "yes" or "on" => true,
        "false" or "no" or "off" => false,
        _ => null,
    };

    private static string Quote(ConfigScalar scalar) => scalar.Quoted || scalar.Text.Contains(' ') ? $"\"{scalar.Text}\"" : scalar.Text;

    private static UserErrorException Wrong(ConfigKey key, string origin, string value) =>
        new($"{origin}: {key.Path} is {value}; it must be {ConfigRange.Describe(key)}");
}
