using System.Text;
using System.Xml.Linq;
using PairUni.Cli.Config;
using PairUni.Contracts.Options;

namespace PairUni.Cli.Tests.Config;

/// <summary>docs/configuration.md is generated: keys and ranges from the code, meanings from its documentation comments.</summary>
public sealed class ConfigurationPageTests
{
    private const string Begin = "<!-- keys: generated from the code, checked by a test -->\n";
    private static readonly XDocument Comments = XDocument.Load(Path.ChangeExtension(typeof(RunOptions).Assembly.Location, ".xml"));

    [Fact]
    public void ConfigurationPage_DocumentsEveryKeyAsTheCodeHasIt()
    {
        var prose = File.ReadAllText(Path.Combine(Repository.Root, "docs/configuration.md")).Split(Begin)[0];
        Repository.ShouldHold("docs/configuration.md", prose + Begin + Tables());
    }

    private static string Tables()
    {
        var text = new StringBuilder();
        var defaults = new RunOptions();
        foreach (var (name, property) in ConfigSchema.Sections)
        {
            var section = property.GetValue(defaults)!;
            text.Append($"\n## {name}\n\n{Summary(property.DeclaringType!, property.Name)}\n\n| key | meaning | unit | default | allowed |\n|---|---|---|---|---|\n");
            foreach (var key in ConfigSchema.Keys.Where(k => k.Section == name))
            {
                text.Append(Row(key, section));
                if (ConfigSchema.IsList(key) && ConfigSchema.ItemType(key) is var item && item != typeof(string))
                    text.Append(string.Concat(ConfigSchema.ItemKeys(key).Select(k => Row(k, Activator.CreateInstance(item)!))));
            }
        }

        return text.ToString();
    }

    private static string Row(ConfigKey key, object owner) =>
        $"| `{key.Path}` | {Summary(key.Property.DeclaringType!, key.Property.Name)} | {key.Unit ?? "-"} | `{Default(key.Property.GetValue(owner))}` | {ConfigRange.Describe(key).Replace("|", "\\|")} |\n";

    private static string Default(object? value) => ConfigText.Of(value) switch { "null" => "empty", var text => text };

    private static string Summary(Type type, string property)
    {
        var summary = Comments.Descendants("member").SingleOrDefault(m => (string?)m.Attribute("name") == $"P:{type.FullName}.{property}")?.Element("summary");
        summary.ShouldNotBeNull($"{type.Name}.{property} has no documentation comment");
        return string.Join(' ', summary.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
