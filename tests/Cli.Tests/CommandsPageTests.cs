using System.CommandLine;
using System.Text;

namespace PairUni.Cli.Tests;

/// <summary>docs/commands.md is generated: commands, options and examples as the code has them.</summary>
public sealed class CommandsPageTests
{
    private const string Begin = "<!-- commands: generated from the code, checked by a test -->\n";

    [Fact]
    public void CommandsPage_DocumentsEveryCommandAndOption()
    {
        var prose = File.ReadAllText(Path.Combine(Repository.Root, "docs/commands.md")).Split(Begin)[0];
        var text = new StringBuilder();
        Write(text, CommandLine.Root(CliTest.Context(TextWriter.Null)), "pairuni");
        Repository.ShouldHold("docs/commands.md", prose + Begin + text);
    }

    [Fact]
    public async Task EveryExample_Parses()
    {
        var root = CommandLine.Root(CliTest.Context(TextWriter.Null));
        var examples = Leaves(root).SelectMany(c => c.Examples).ToArray();
        examples.Length.ShouldBeGreaterThan(10);
        foreach (var example in examples)
            root.Parse(example).Errors.ShouldBeEmpty(example);
        (await CliTest.Run("bench", "--help")).Code.ShouldBe(0);
    }

    private static IEnumerable<CliCommand> Leaves(Command command) =>
        command.Subcommands.SelectMany(Leaves).Concat(command is CliCommand { Subcommands.Count: 0 } leaf ? [leaf] : []);

    private static void Write(StringBuilder text, Command command, string path)
    {
        foreach (var child in command.Subcommands.OfType<CliCommand>())
        {
            var name = $"{path} {child.Name}";
            if (child.Subcommands.Count == 0)
                Leaf(text, child, name);
            else
                Write(text, child, name);
        }
    }

    private static void Leaf(StringBuilder text, CliCommand command, string path)
    {
        var arguments = string.Concat(command.Arguments.Select(a => a.Arity.MinimumNumberOfValues == 0 ? $" [{a.Name}]" : $" {a.Name.ToUpperInvariant()}"));
        text.Append($"\n## {path}{arguments}\n\n{command.Description}\n\n```sh\n{string.Concat(command.Examples.Select(e => $"pairuni {e}\n"))}```\n");
        if (command.Arguments.Count + command.Options.Count == 0)
            return;
        text.Append("\n| | meaning | default |\n|---|---|---|\n");
        foreach (var argument in command.Arguments)
            text.Append($"| `{argument.Name}` | {argument.Description} | - |\n");
        foreach (var option in command.Options)
            text.Append($"| `{string.Join("`, `", option.Aliases.Prepend(option.Name))}` | {option.Description} | {Default(option)} |\n");
    }

    private static string Default(Option option) => option switch
    {
        { Required: true } => "required",
        { ValueType: var type } when type == typeof(bool) => "off",
        { Name: "--threads" } => "the cores",
        { HasDefaultValue: true } => $"`{option.GetDefaultValue()}`",
        _ => "-",
    };
}
