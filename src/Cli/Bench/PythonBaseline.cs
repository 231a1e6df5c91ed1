using System.Diagnostics;
using System.Globalization;
using PairUni.Contracts;

namespace PairUni.Cli.Bench;

/// <summary>A Python process that does one round of the baseline's work each time it is told to, so that rounds of both sides alternate.</summary>
/// <remarks>The script answers each line "go" on its standard input with one line: the seconds that the round took.</remarks>
internal sealed class PythonBaseline : IDisposable
{
    public const string HowToInstall = "PyTorch for Python was not found: install it with apt-get install python3-torch, or put a python3 that imports torch on the PATH";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private readonly Process _process;

    private PythonBaseline(Process process) => _process = process;

    /// <returns>The first Python that imports torch, with torch's version; null when there is none.</returns>
    public static async Task<(string Python, string Version)?> Find()
    {
        foreach (var python in new[] { "python3", "/usr/bin/python3" })
        {
            if (Start(python, "-c", "import torch; print(torch.__version__)") is not { } process)
                continue;
            using (process)
            {
                var version = (await process.StandardOutput.ReadToEndAsync()).Trim();
                await process.WaitForExitAsync();
                if (process.ExitCode == 0)
                    return (python, version);
            }
        }

        return null;
    }

    /// <param name="python">From <see cref="Find"/>.</param>
    /// <param name="arguments">"-c" and a program, or a script and its arguments.</param>
    public static PythonBaseline Start(string python, IEnumerable<string> arguments) =>
        new(Start(python, [.. arguments]) ?? throw new UserErrorException($"{python} could not be started"));

    /// <summary>One round.</summary>
    /// <returns>Its seconds, by the script's own clock.</returns>
    /// <exception cref="UserErrorException">The script ended or said something else.</exception>
    public async Task<double> Round()
    {
        using var limit = new CancellationTokenSource(Patience);
        var line = await Ask(limit.Token);
        if (double.TryParse(line, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds))
            return seconds;
        var error = line is null ? await _process.StandardError.ReadToEndAsync(limit.Token) : line;
        throw new UserErrorException($"the PyTorch baseline failed: {error.Trim().Split('\n')[^1]}");
    }

    private async Task<string?> Ask(CancellationToken limit)
    {
        try
        {
            await _process.StandardInput.WriteLineAsync("go".AsMemory(), limit);
            await _process.StandardInput.FlushAsync(limit);
        }
        catch (IOException)
        {
            return null; // It has ended; what it said tells why.
        }

        return await _process.StandardOutput.ReadLineAsync(limit);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private static Process? Start(string python, params string[] arguments)
    {
        var start = new ProcessStartInfo(python, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            return Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
