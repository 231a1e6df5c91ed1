using PairUni.Cli.Config;
using PairUni.Cli.Models;
using PairUni.Contracts;
using PairUni.Contracts.Options;
using PairUni.Silo;

namespace PairUni.Cli.Training;

/// <summary>Works out what a run is to do from the command line: its name, its folder's mode and its options.</summary>
/// <param name="Options">All options, with the name and the model's place filled in.</param>
/// <param name="Mode">What to do when the folder exists.</param>
/// <param name="Changes">On resume, settings that differ from what the run used so far, one sentence each.</param>
internal sealed record RunSettings(RunOptions Options, RunFolderMode Mode, IReadOnlyList<string> Changes)
{
    /// <param name="config">YAML file or null; a resumed run without one goes on with its own settings.</param>
    /// <param name="sets">Texts of --set.</param>
    /// <param name="name">Text of --name, or null.</param>
    /// <param name="mode">New, resume or overwrite.</param>
    /// <param name="environment">Variables of the process.</param>
    /// <exception cref="UserErrorException">Anything wrong with them.</exception>
    public static RunSettings Resolve(string? config, IReadOnlyList<string> sets, string? name, RunFolderMode mode, IReadOnlyDictionary<string, string> environment)
    {
        string[] all = name is null ? [.. sets] : [.. sets, "run.name=" + name];
        var options = ConfigLoader.Load(config, all, environment);
        options = options with { Run = options.Run with { Name = RunNames.Of(options, config, mode) } };
        var used = Path.Combine(options.Run.Out, options.Run.Name, "config.resolved.yaml");
        if (mode != RunFolderMode.Resume || !File.Exists(used))
            return new(Placed(options), mode, []);
        if (config is null)
            options = ConfigLoader.Load(used, [.. all, "run.name=" + options.Run.Name, "run.out=" + options.Run.Out], environment);
        return new(Placed(options), mode, [.. Differences(ConfigLoader.Load(used, [], []), options)]);
    }

    private static RunOptions Placed(RunOptions options) => options with
    {
        Model = options.Model with { Path = BuiltInFiles.Find(options.Model.Path) },
        // Held-out points on the curve are measured from checkpoints after the run, so those must still be there.
        Checkpoint = options.Eval.Every > 0 && options.Checkpoint.KeepEvery == 0
            ? options.Checkpoint with { KeepEvery = options.Eval.Every }
            : options.Checkpoint,
    };

    private static IEnumerable<string> Differences(RunOptions used, RunOptions wanted) =>
        from section in ConfigSchema.Sections
        from pair in ConfigSchema.SettingsOf(section.Property.GetValue(used)!).Zip(ConfigSchema.SettingsOf(section.Property.GetValue(wanted)!))
        let before = ConfigText.Of(pair.First.Value)
        let now = ConfigText.Of(pair.Second.Value)
        where before != now
        select $"{section.Name}.{pair.First.Name} was {before} and is now {now}";
}
