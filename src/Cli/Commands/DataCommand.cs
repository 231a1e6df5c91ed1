using System.CommandLine;

namespace PairUni.Cli.Commands;

/// <summary>pairuni data: makes and checks PairUG data.</summary>
internal static class DataCommand
{
    public static Command Create(CliContext context) =>
        new CliCommand("data", "Make and check training data.")
        {
            DataShapesCommand.Create(context),
            DataImportCommand.Create(context),
            DataAugmentCommand.Create(context),
            DataPairCommand.Create(context),
            DataCheckCommand.Create(context),
            DataReportCommand.Create(context),
        };
}
