using System.Reflection;
using System.Text.Json;
using PairUni.Contracts.Options;

namespace PairUni.Cli.Config;

/// <summary>Every section and key there is, in the order of the options' declarations.</summary>
internal static class ConfigSchema
{
    /// <summary>Section name and the property of <see cref="RunOptions"/> that holds it.</summary>
    public static IReadOnlyList<(string Name, PropertyInfo Property)> Sections { get; } =
        [.. typeof(RunOptions).GetProperties().Where(IsSetting).Select(p => (Snake(p), p))];

    public static IReadOnlyList<ConfigKey> Keys { get; } =
        [.. Sections.SelectMany(s => KeysOf(s.Property.PropertyType, s.Name))];

    /// <summary>Keys of the records in a list, such as reward.generate[].weight.</summary>
    public static IReadOnlyList<ConfigKey> ItemKeys(ConfigKey list) => KeysOf(ItemType(list), list.Path + "[]");

    public static Type ItemType(ConfigKey list) => list.Type.GetGenericArguments()[0];

    public static bool IsList(ConfigKey key) => key.Type.IsGenericType && key.Type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);

    /// <summary>Names and values of a section's settings.</summary>
    public static IEnumerable<(string Name, object? Value)> SettingsOf(object section) =>
        section.GetType().GetProperties().Where(IsSetting).Select(p => (Snake(p), p.GetValue(section)));

    private static ConfigKey[] KeysOf(Type section, string path) =>
        [.. section.GetProperties().Where(IsSetting).Select(p => new ConfigKey($"{path}.{Snake(p)}", p))];

    private static bool IsSetting(PropertyInfo p) => p.CanWrite;

    private static string Snake(PropertyInfo p) => JsonNamingPolicy.SnakeCaseLower.ConvertName(p.Name);
}
