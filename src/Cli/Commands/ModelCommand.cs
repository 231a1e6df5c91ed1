using System.CommandLine;

namespace PairUni.Cli.Commands;

/// <summary>pairuni model: looks at, checks and makes model folders.</summary>
internal static class ModelCommand
{
    public static Command Create(CliContext context) =>
        new CliCommand("model", "Look at, check and make model folders.")
        {
            ModelDescribeCommand.Create(context),
            ModelCheckCommand.Create(context),
            ModelMakeCommand.Create(context),
        };

    public static Argument<string> Folder() => new("folder") { Description = "Model folder in the layout of a Janus checkpoint, or one with the weights of HPSv2." };
}
