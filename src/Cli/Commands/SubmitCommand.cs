using System.CommandLine;
using PairUni.Cli.Cluster;
using PairUni.Cli.Config;
using PairUni.Contracts;

namespace PairUni.Cli.Commands;

/// <summary>pairuni submit: gives a cluster a run.</summary>
internal static class SubmitCommand
{
    private static readonly ClusterFlags Flags = new();
    private static readonly Argument<string?> Config = new("config") { Description = "YAML file of settings (docs/configuration.md); the built-in defaults without one.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string[]> Set = new("--set") { Description = "Change one setting: --set learner.lr=1e-5. May be repeated; lists as [a, b].", HelpName = "key=value" };
    private static readonly Option<string?> Name = new("--name") { Description = "Name of the run and its folder; the config's without it." };
    private static readonly Option<bool> Resume = new("--resume") { Description = "Go on from the run's last checkpoint with these settings." };
    private static readonly Option<bool> Overwrite = new("--overwrite") { Description = "Delete the run of that name and begin again." };

    public static Command Create(CliContext context)
    {
        var command = new CliCommand("submit", "Give a cluster a run.")
        {
            Examples = ["submit configs/smoke.yaml --redis 127.0.0.1:6379", "submit --set learner.max_steps=20 --name short --redis 127.0.0.1:6379"],
        };
        command.Arguments.Add(Config);
        foreach (var option in new Option[] { Set, Name, Resume, Overwrite })
            command.Options.Add(option);
        Flags.AddTo(command);
        command.SetAction((parsed, cancellation) => Run(context, parsed, cancellation));
        return command;
    }

    private static async Task<int> Run(CliContext context, ParseResult parsed, CancellationToken cancellation)
    {
        var config = parsed.GetValue(Config);
        string[] sets = [.. parsed.GetValue(Set) ?? [], .. parsed.GetValue(Name) is { } given ? new[] { "run.name=" + given } : []];
        var options = ConfigLoader.Load(config, sets, context.Environment);
        var name = options.Run.Name.Length > 0 ? options.Run.Name : config is null ? "default" : Path.GetFileNameWithoutExtension(config);
        var mode = Mode(parsed);
        await using var cluster = await Flags.Connect(parsed, context, cancellation);
        await cluster.Submit(name, options, mode, cancellation);
        context.Out.WriteLine($"submitted {name}: {options.Learner.MaxSteps} steps of {options.Learner.PairsPerStep} pairs; follow it with: pairuni watch {name}{Flags.Repeated(parsed)}");
        return ExitCode.Done;
    }

    private static SubmitMode Mode(ParseResult parsed) => (parsed.GetValue(Resume), parsed.GetValue(Overwrite)) switch
    {
        (true, true) => throw new UserErrorException("--resume and --overwrite exclude each other; give one of them"),
        (true, false) => SubmitMode.Resume,
        (false, true) => SubmitMode.Overwrite,
        _ => SubmitMode.New,
    };
}
