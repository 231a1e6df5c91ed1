namespace PairUni.Cli.Config;

/// <summary>A value as somebody wrote it, with the place it was written: "configs/a.yaml:12", "--set learner.lr" or a variable's name.</summary>
internal abstract record ConfigValue(string Origin);

/// <summary>A number, word or string. A quoted one is never null, a number or a truth value.</summary>
internal sealed record ConfigScalar(string Text, bool Quoted, string Origin) : ConfigValue(Origin)
{
    public bool IsNull => !Quoted && Text is "" or "~" or "null" or "Null" or "NULL";
}

/// <summary>A list, block or flow.</summary>
internal sealed record ConfigList(IReadOnlyList<ConfigValue> Items, string Origin) : ConfigValue(Origin);

/// <summary>A mapping; keys keep their order and their own place.</summary>
internal sealed record ConfigMap(IReadOnlyList<ConfigEntry> Entries, string Origin) : ConfigValue(Origin);

/// <summary>One key of a mapping and its value.</summary>
internal sealed record ConfigEntry(string Key, ConfigValue Value, string Origin);
