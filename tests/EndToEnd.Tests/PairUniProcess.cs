using System.Diagnostics;
using System.Runtime.InteropServices;

namespace PairUni.EndToEnd.Tests;

/// <summary>The command line as a process of its own.</summary>
internal sealed partial class PairUniProcess : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private PairUniProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _error = process.StandardError.ReadToEndAsync();
    }

    public static PairUniProcess Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "pairuni"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        return new(Process.Start(start)!);
    }

    /// <summary>Runs to the end and expects the exit code.</summary>
    public static async Task<string> Run(int expected, params string[] arguments)
    {
        using var process = Start(arguments);
        return await process.Ends(expected);
    }

    /// <summary>SIGKILL: nothing of the process runs any more.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(Limit);
    }

    /// <summary>Sends a signal: 2 is what Ctrl-C sends, 15 what asks to terminate.</summary>
    public void Signal(int signal) => Kill(_process.Id, signal).ShouldBe(0);

    /// <summary>Waits for the end and expects the exit code; returns what it wrote.</summary>
    public async Task<string> Ends(int expected)
    {
        await _process.WaitForExitAsync().WaitAsync(Limit);
        var text = await _output + await _error;
        _process.ExitCode.ShouldBe(expected, text);
        return text;
    }

    /// <summary>Waits until a condition holds; fails when the process ends before.</summary>
    public async Task Until(Func<bool> condition)
    {
        var limit = Task.Delay(Limit);
        while (!condition())
        {
            if (_process.HasExited) throw new InvalidOperationException($"the process ended early: {await _output}{await _error}");
            limit.IsCompleted.ShouldBeFalse("the condition did not come true in time");
            await Task.Delay(5);
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
