using System.CommandLine;
using PairUni.Cli.Commands;
using PairUni.Cli.Config;

namespace PairUni.Cli;

/// <summary>The whole command line: which commands there are, how errors are told, what the exit codes are.</summary>
internal static class CommandLine
{
    private static readonly Option<bool> Verbose = new("--verbose") { Description = "Show the whole trace of an error.", Recursive = true };

    /// <summary>Runs one command line to its exit code; nothing is thrown.</summary>
    public static async Task<int> Run(string[] args, CliContext context)
    {
        var root = Root(context);
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null! });
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpWithExamples)
        {
            context.Error.WriteLine($"pairuni: {UsageSentence(parsed)}");
            return ExitCode.Usage;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
                Output = context.Out,
                Error = context.Error,
            });
        }
        catch (Exception fault)
        {
            return ErrorReport.Tell(fault, context.Error, parsed.GetValue(Verbose));
        }
    }

    public static RootCommand Root(CliContext context)
    {
        var root = new RootCommand("Trains unified vision-language models with reinforcement learning on understanding-generation pairs.")
        {
            TrainCommand.Create(context),
            EvalCommand.Create(context),
            GenerateCommand.Create(context),
            AskCommand.Create(context),
            ScoreCommand.Create(context),
            ReportCommand.Create(context),
            ModelCommand.Create(context),
            DataCommand.Create(context),
            JournalCommand.Create(context),
            PretrainCommand.Create(context),
            BenchCommand.Create(context),
            SiloCommand.Create(context),
            SubmitCommand.Create(context),
            StatusCommand.Create(context),
            WatchCommand.Create(context),
            WishCommands.Pause(context),
            WishCommands.Resume(context),
            WishCommands.Stop(context),
            WishCommands.Drain(context),
            ChaosCommand.Create(context),
        };
        root.Options.Add(Verbose);
        HelpWithExamples.Attach(root);
        RefuseUnknownOptions(root);
        root.SetAction(parsed => new HelpWithExamples().Invoke(parsed));
        return root;
    }

    // Without this a mistyped option is taken for an argument.
    private static void RefuseUnknownOptions(Command command)
    {
        foreach (var argument in command.Arguments)
        {
            argument.Validators.Add(result =>
            {
                if (result.Tokens.FirstOrDefault(t => t.Value.StartsWith("--", StringComparison.Ordinal)) is { } token)
                    result.AddError($"there is no option {token.Value}; did you mean {NearestKey.Of(token.Value, command.Options.Select(o => o.Name))}?");
            });
        }

        foreach (var child in command.Subcommands)
            RefuseUnknownOptions(child);
    }

    private static string UsageSentence(ParseResult parsed)
    {
        var path = string.Join(' ', PathOf(parsed.CommandResult.Command));
        var message = parsed.Errors[0].Message.TrimEnd('.');
        if (message.EndsWith('?'))
            return message;
        var commands = parsed.CommandResult.Command.Subcommands.Select(c => c.Name).ToArray();
        if (commands.Length > 0)
        {
            return parsed.UnmatchedTokens.Count > 0
                ? $"there is no {path} {parsed.UnmatchedTokens[0]}; did you mean {path} {NearestKey.Of(parsed.UnmatchedTokens[0], commands)}?"
                : $"{path} needs one of {string.Join(", ", commands)}; see {path} --help";
        }

        return $"{char.ToLowerInvariant(message[0])}{message[1..]}; see {path} --help";
    }

    private static IEnumerable<string> PathOf(Command command) =>
        command is RootCommand ? ["pairuni"] : PathOf(command.Parents.OfType<Command>().First()).Append(command.Name);
}
