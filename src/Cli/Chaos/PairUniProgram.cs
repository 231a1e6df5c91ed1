using System.Diagnostics;

namespace PairUni.Cli.Chaos;

/// <summary>The `pairuni` program itself, run as a process of its own.</summary>
internal static class PairUniProgram
{
    /// <summary>The executable beside this assembly.</summary>
    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "pairuni");

    /// <summary>Runs a command to its end.</summary>
    /// <param name="limit">Longest time that it may take.</param>
    /// <param name="environment">Variables beside those of this process.</param>
    /// <param name="arguments">Words after `pairuni`.</param>
    /// <returns>Its exit code and what it wrote to standard output and standard error.</returns>
    /// <exception cref="TimeoutException">It took longer and was ended.</exception>
    public static async Task<(int Code, string Out, string Error)> Run(
        TimeSpan limit, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken, params IEnumerable<string> arguments)
    {
        string[] words = [.. arguments];
        var start = new ProcessStartInfo(Path, words) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var (key, value) in environment) start.Environment[key] = value;
        using var process = Process.Start(start)!;
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
            await process.WaitForExitAsync(cancellationToken).WaitAsync(limit, cancellationToken);
            return (process.ExitCode, await output, await error);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"`pairuni {string.Join(' ', words)}` did not end within {limit.TotalSeconds:0} s");
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }
}
