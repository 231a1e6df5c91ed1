using PairUni.Contracts;
using PairUni.Contracts.Options;

namespace PairUni.Cli.Config;

/// <summary>Collects settings layer by layer, later ones winning, and makes the options of them.</summary>
internal sealed class ConfigBinder
{
    private static readonly Dictionary<string, ConfigKey> Known = ConfigSchema.Keys.ToDictionary(k => k.Path);
    private readonly Dictionary<string, ConfigValue> _set = [];

    /// <summary>Where each set key was last set.</summary>
    public IReadOnlyDictionary<string, string> Origins => _set.ToDictionary(s => s.Key, s => s.Value.Origin);

    /// <summary>Takes over a whole file.</summary>
    /// <exception cref="UserErrorException">The root is no mapping, or a key is unknown.</exception>
    public void AddFile(ConfigValue root)
    {
        foreach (var section in Map(root, "the config", "sections such as learner:").Entries)
        {
            if (!ConfigSchema.Sections.Any(s => s.Name == section.Key))
                throw Unknown(section.Key, section.Origin, ConfigSchema.Sections.Select(s => s.Name).Concat(Known.Keys));
            if (section.Value is ConfigScalar { IsNull: true })
                continue;
            foreach (var entry in Map(section.Value, section.Key, $"keys such as {Known.Keys.First(k => k.StartsWith(section.Key + '.', StringComparison.Ordinal))}").Entries)
                Add($"{section.Key}.{entry.Key}", entry.Value, entry.Origin);
        }
    }

    /// <exception cref="UserErrorException">The key is unknown.</exception>
    public void Add(string path, ConfigValue value, string origin)
    {
        if (!Known.ContainsKey(path))
            throw Unknown(path, origin, Known.Keys);
        _set[path] = value;
    }

    /// <summary>The built-in defaults with everything that was added on top.</summary>
    /// <exception cref="UserErrorException">A value has the wrong type or is out of range.</exception>
    public RunOptions Bind()
    {
        var options = new RunOptions();
        foreach (var (path, value) in _set)
        {
            var key = Known[path];
            var section = ConfigSchema.Sections.First(s => s.Name == key.Section).Property.GetValue(options);
            key.Property.SetValue(section, Value(key, value));
        }

        return options;
    }

    private static object? Value(ConfigKey key, ConfigValue value)
    {
        if (!ConfigSchema.IsList(key))
            return ScalarConverter.Convert(key, value);
        if (value is not ConfigList list)
            throw new UserErrorException($"{value.Origin}: {key.Path} must be {ConfigRange.Describe(key)}");
        var items = Array.CreateInstance(ConfigSchema.ItemType(key), list.Items.Count);
        for (var i = 0; i < items.Length; i++)
            items.SetValue(Item(key, list.Items[i]), i);
        return items;
    }

    private static object Item(ConfigKey key, ConfigValue item)
    {
        if (ConfigSchema.ItemType(key) == typeof(string))
        {
            return item is ConfigScalar { Text.Length: > 0 } word
                ? word.Text
                : throw new UserErrorException($"{item.Origin}: each entry of {key.Path} must be a word");
        }

        var keys = ConfigSchema.ItemKeys(key);
        var made = Activator.CreateInstance(ConfigSchema.ItemType(key))!;
        foreach (var entry in Map(item, $"each entry of {key.Path}", "{name: ..., weight: 1}").Entries)
        {
            var path = $"{key.Path}[].{entry.Key}";
            var known = keys.FirstOrDefault(k => k.Path == path) ?? throw Unknown(path, entry.Origin, keys.Select(k => k.Path));
            known.Property.SetValue(made, ScalarConverter.Convert(known, entry.Value));
        }

        return made;
    }

    private static ConfigMap Map(ConfigValue value, string what, string example) => value as ConfigMap
        ?? throw new UserErrorException($"{value.Origin}: {what} must hold {example}");

    private static UserErrorException Unknown(string path, string origin, IEnumerable<string> known) =>
        new($"{origin}: unknown key {path}; did you mean {NearestKey.Of(path, known)}?");
}
