using System.Text;
using PairUni.Contracts.Options;

namespace PairUni.Cli.Config;

/// <summary>Writes all options as the YAML that reads back to the same options (config.resolved.yaml).</summary>
internal static class ResolvedConfig
{
    public static string Write(RunOptions options)
    {
        var text = new StringBuilder();
        foreach (var (name, property) in ConfigSchema.Sections)
        {
            text.Append(name).Append(":\n");
            foreach (var (key, value) in ConfigSchema.SettingsOf(property.GetValue(options)!))
                text.Append("  ").Append(key).Append(": ").Append(ConfigText.Of(value)).Append('\n');
        }

        return text.ToString();
    }
}
