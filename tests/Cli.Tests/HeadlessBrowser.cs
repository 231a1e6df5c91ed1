using System.Diagnostics;

namespace PairUni.Cli.Tests;

/// <summary>Shows a page in Chromium without a window and gives back what its script made of it.</summary>
internal static class HeadlessBrowser
{
    private static readonly string? Program = new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);

    public static bool IsThere => Program is not null;

    /// <param name="page">A file.</param>
    /// <param name="fragment">What follows in its address, with the #.</param>
    public static async Task<string> Dom(string page, string fragment)
    {
        using var profile = new TemporaryFolder();
        var start = new ProcessStartInfo(Program!, ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", $"--user-data-dir={profile.Path}", "--virtual-time-budget=5000", "--dump-dom", $"file://{page}{fragment}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        process.ExitCode.ShouldBe(0, await error);
        return await output;
    }
}
