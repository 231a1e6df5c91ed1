using PairUni.Contracts.Options;
using PairUni.Silo;

namespace PairUni.Cli.Training;

/// <summary>Gives a run that was not named a name: the config's, then config-2, config-3 and so on.</summary>
internal static class RunNames
{
    /// <param name="options">The run's options; a name in them is taken as it is.</param>
    /// <param name="configFile">The YAML file, or null.</param>
    /// <param name="mode">A new run takes the first free name, the others the newest that exists.</param>
    public static string Of(RunOptions options, string? configFile, RunFolderMode mode)
    {
        if (options.Run.Name.Length > 0)
            return options.Run.Name;
        var stem = configFile is null ? "default" : Path.GetFileNameWithoutExtension(configFile);
        var number = 1;
        while (IsTaken(options.Run.Out, Name(stem, number)))
            number++;
        return Name(stem, mode == RunFolderMode.New ? number : Math.Max(1, number - 1));
    }

    private static string Name(string stem, int number) => number == 1 ? stem : $"{stem}-{number}";

    private static bool IsTaken(string parent, string name) =>
        Directory.Exists(Path.Combine(parent, name)) && Directory.EnumerateFileSystemEntries(Path.Combine(parent, name)).Any();
}
