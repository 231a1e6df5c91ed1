using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace PairUni.Cli;

/// <summary>The usual help, then the command's examples.</summary>
internal sealed class HelpWithExamples : SynchronousCommandLineAction
{
    private readonly HelpAction _help = new() { MaxWidth = 120 };

    public override bool ClearsParseErrors => true;

    public static void Attach(RootCommand root)
    {
        foreach (var help in root.Options.OfType<HelpOption>())
            help.Action = new HelpWithExamples();
    }

    public override int Invoke(ParseResult parseResult)
    {
        _help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        var examples = parseResult.CommandResult.Command is CliCommand command
            ? command.Examples
            : ["train", "train configs/smoke.yaml --name first", "report runs/first"];
        if (examples.Count > 0)
            output.WriteLine("Examples:");
        foreach (var example in examples)
            output.WriteLine($"  pairuni {example}");
        return ExitCode.Done;
    }
}
