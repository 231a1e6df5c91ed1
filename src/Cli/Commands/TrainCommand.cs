using System.CommandLine;
using PairUni.Cli.Config;

namespace PairUni.Cli.Commands;

/// <summary>pairuni train: a whole run, from the settings to the report.</summary>
internal static class TrainCommand
{
    public static Command Create(CliContext context)
    {
        var config = new Argument<string?>("config") { Description = "YAML file of settings (docs/configuration.md); the built-in defaults without one.", Arity = ArgumentArity.ZeroOrOne };
        var set = new Option<string[]>("--set") { Description = "Change one setting: --set learner.lr=1e-5. May be repeated; lists as [a, b].", HelpName = "key=value" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Check the settings, print them and stop." };
        var command = new CliCommand("train", "Train a model on pairs, measure it before and after, and write a report.")
        {
            Examples =
            [
                "train",
                "train configs/smoke.yaml",
            ],
        };
        command.Arguments.Add(config);
        command.Options.Add(set);
        command.Options.Add(dryRun);
        command.SetAction(parsed =>
        {
            var options = ConfigLoader.Load(parsed.GetValue(config), parsed.GetValue(set) ?? [], context.Environment);
            context.Out.Write(ResolvedConfig.Write(options));
            return ExitCode.Done;
        });
        return command;
    }
}
