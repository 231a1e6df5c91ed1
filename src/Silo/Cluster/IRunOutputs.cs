using PairUni.Contracts.Options;

namespace PairUni.Silo;

/// <summary>What the command line adds to a silo: where built-in files are on this machine, and what people see of a run.</summary>
public interface IRunOutputs
{
    /// <summary>Says something to whoever looks after this process.</summary>
    void Tell(string line);

    /// <summary>The options with the paths of this machine.</summary>
    RunOptions Placed(RunOptions options);

    /// <summary>Writes the files with which a run's folder begins.</summary>
    void Begin(RunOptions options, RunFolder folder);

    /// <summary>Opens what shows a run's steps.</summary>
    IProgressSink Open(RunOptions options, RunFolder folder);

    /// <summary>The run ended: what sums it up can be written.</summary>
    void End(RunFolder folder);
}
