using PairUni.Cli.Config;
using PairUni.Cli.Models;
using PairUni.Cli.Output;
using PairUni.Cli.Report;
using PairUni.Cli.RunFiles;
using PairUni.Contracts.Options;
using PairUni.Silo;

namespace PairUni.Cli.Cluster;

/// <summary>What a learner silo writes for people: the same files as a run in one process, and its step lines on the console.</summary>
internal sealed class ClusterOutputs(RunConsole console, TimeProvider time) : IRunOutputs
{
    public void Tell(string line) => console.Line(line);

    public RunOptions Placed(RunOptions options) => options with { Model = options.Model with { Path = BuiltInFiles.Find(options.Model.Path) } };

    public void Begin(RunOptions options, RunFolder folder)
    {
        File.WriteAllText(folder.ConfigFile, ResolvedConfig.Write(options));
        File.AppendAllText(folder.CommandFile, $"pairuni submit --name {folder.Name}\n");
        EnvironmentFile.Write(Path.Combine(folder.Path, "environment.json"), time);
    }

    public IProgressSink Open(RunOptions options, RunFolder folder) => new RunOutput(folder.Path, options, folder.CommittedStep, console, time);

    public void End(RunFolder folder)
    {
        if (File.Exists(folder.MetricsFile))
            console.Line($"{folder.Name}: report: {Path.GetRelativePath(".", ReportPage.Write(folder.Path))}");
    }
}
