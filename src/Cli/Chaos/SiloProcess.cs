using System.Diagnostics;

namespace PairUni.Cli.Chaos;

/// <summary>One process of a cluster: `pairuni silo` with its output in a file.</summary>
internal sealed class SiloProcess : IDisposable
{
    private readonly Process _process;

    private SiloProcess(string name, Process process, string log)
    {
        (Name, _process, Log) = (name, process, log);
        Ended = _process.WaitForExitAsync();
    }

    public string Name { get; }

    /// <summary>The process's id.</summary>
    public int Id => _process.Id;

    /// <summary>Where its standard output and standard error go.</summary>
    public string Log { get; }

    /// <summary>Completes when the process is gone.</summary>
    public Task Ended { get; }

    /// <summary>What it ended with; 128 + n when signal n killed it.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Whether it was told to end, or killed, on purpose.</summary>
    public bool IsExpectedToEnd { get; set; }

    /// <summary>Starts one.</summary>
    /// <param name="name">The silo's name, for logs.</param>
    /// <param name="log">File that gets all that it writes.</param>
    /// <param name="environment">Variables beside those of this process.</param>
    /// <param name="arguments">Words after `pairuni`.</param>
    public static SiloProcess Start(string name, string log, IReadOnlyDictionary<string, string> environment, params IEnumerable<string> arguments) =>
        Start(PairUniProgram.Path, name, log, environment, arguments);

    /// <summary>Starts one of another copy of the program.</summary>
    public static SiloProcess Start(string program, string name, string log, IReadOnlyDictionary<string, string> environment, params IEnumerable<string> arguments)
    {
        // The shell opens the log and becomes the silo, so that output is kept although nobody reads it.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >>\"$0\" 2>&1", log, program, .. arguments]) { UseShellExecute = false };
        foreach (var (key, value) in environment) start.Environment[key] = value;
        return new(name, Process.Start(start)!, log);
    }

    /// <summary>Sends a signal, if the process is still there.</summary>
    public void Send(ProcessSignal signal)
    {
        if (!_process.HasExited) ProcessSignals.Send(_process.Id, signal);
    }

    /// <summary>Whether it wrote that it is part of the cluster.</summary>
    public bool HasJoined => File.Exists(Log) && File.ReadLines(Log).Any(l => l.Contains("joined after", StringComparison.Ordinal));

    /// <summary>Whether it wrote that the others had declared it dead.</summary>
    public bool WasDeclaredDead => File.ReadLines(Log).Any(l => l.Contains("was declared dead by the other silos", StringComparison.Ordinal) || l.Contains("counts this silo as dead", StringComparison.Ordinal));

    /// <summary>The last things that it wrote, without a trace, in one line.</summary>
    public string LastWords => string.Join(" | ", File.ReadLines(Log).Where(l => !l.StartsWith("   at ", StringComparison.Ordinal)).TakeLast(2));

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }
}
