using System.Diagnostics;
using PairUni.Client;
using PairUni.Contracts;

namespace PairUni.Cli.Bench;

/// <summary>Another process of this program that answers lines; ended with its input, killed if that does not help.</summary>
internal sealed class BenchProcess : IAsyncDisposable
{
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(10);
    private readonly Process _process;
    private readonly TimeProvider _time;

    private BenchProcess(Process process, TimeProvider time) => (_process, _time) = (process, time);

    /// <param name="arguments">Command line of the process.</param>
    /// <param name="token">Its cluster token, handed over in the environment.</param>
    /// <param name="idle">Whether it runs only when nothing else does, as if it were on another machine.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="UserErrorException">The process cannot be started.</exception>
    public static BenchProcess Start(IEnumerable<string> arguments, ClusterToken token, bool idle, TimeProvider time)
    {
        var self = Environment.ProcessPath!;
        var start = new ProcessStartInfo(idle ? "chrt" : self) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in idle ? ["--idle", "0", self] : Array.Empty<string>()) start.ArgumentList.Add(argument);
        if (Path.GetFileNameWithoutExtension(self) == "dotnet") start.ArgumentList.Add(typeof(BenchProcess).Assembly.Location);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.Environment[ClusterToken.Variable] = token.Secret;
        start.Environment.Remove(ClusterToken.FileVariable);
        try
        {
            return new(Process.Start(start)!, time);
        }
        catch (System.ComponentModel.Win32Exception fault)
        {
            throw new UserErrorException($"{start.FileName} cannot be started ({fault.Message}); bench broadcast needs it", fault);
        }
    }

    /// <summary>Tells the process something; nothing waits for it to be read.</summary>
    public Task Tell(string line) => _process.StandardInput.WriteLineAsync(line);

    /// <summary>The words of the next line that the process prints.</summary>
    /// <exception cref="UserErrorException">It ended, or printed nothing in time.</exception>
    public async Task<string[]> Hear(string expected, TimeSpan limit)
    {
        string? line;
        try
        {
            line = await _process.StandardOutput.ReadLineAsync().WaitAsync(limit, _time);
        }
        catch (TimeoutException)
        {
            throw new UserErrorException($"a receiving process did not say \"{expected}\" within {limit.TotalSeconds:0} s; make the model smaller with --size");
        }

        var words = line?.Split(' ') ?? [];
        return words.FirstOrDefault() == expected ? words : throw new UserErrorException($"a receiving process ended before it said \"{expected}\"; is there memory for the model in each of them?");
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        try
        {
            await _process.WaitForExitAsync().WaitAsync(EndLimit, _time);
        }
        catch (TimeoutException)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
