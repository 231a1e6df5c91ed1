using System.Diagnostics;
using System.Globalization;
using PairUni.Cli.Tests;

namespace PairUni.EndToEnd.Tests;

[Collection("runs")]
public sealed class InterruptionTests : IDisposable
{
    private static readonly string[] Twelve = ["--set", "learner.max_steps=12"];
    private readonly TinyRun _tiny = new();

    [Fact]
    public async Task ATerminationSignal_SavesAndLeaves_AndTheRunGoesOnWithItsOwnSettings()
    {
        await _tiny.Train("whole", Twelve);
        using var process = _tiny.Start("stopped", Twelve);
        await LineWith(process, "step  3/12");
        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();
        var rest = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        process.ExitCode.ShouldBe(130, rest);
        rest.ShouldContain("go on with: pairuni train --name stopped --resume");
        var done = _tiny.Metrics("stopped").Length;
        File.ReadAllText(Path.Combine(_tiny.PathOf("stopped"), "checkpoints/latest")).Trim().ShouldBe($"step-{done:D6}");
        File.Exists(Path.Combine(_tiny.PathOf("stopped"), "report.html")).ShouldBeTrue();

        (await CliTest.Run("train", "--name", "stopped", "--resume", "--set", $"run.out={_tiny.Folder}/runs")).Code.ShouldBe(0);
        _tiny.Metrics("stopped").ShouldBe(_tiny.Metrics("whole"));
    }

    public void Dispose() => _tiny.Dispose();

    private static async Task LineWith(Process process, string text)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
                return;
        }

        throw new InvalidOperationException($"the run ended before '{text}': {await process.StandardError.ReadToEndAsync(limit.Token)}");
    }
}
