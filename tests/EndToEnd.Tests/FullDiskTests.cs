using System.Diagnostics;
using PairUni.Cli.Tests;

namespace PairUni.EndToEnd.Tests;

/// <summary>A run on a disk of its own that fills up.</summary>
[Collection("runs")]
public sealed class FullDiskTests : IDisposable
{
    // Enough for the step's journal, metrics and groups, too little for a checkpoint.
    private const int Left = 150_000;
    private readonly TinyRun _tiny = new();

    [Fact]
    public async Task ACheckpointThatDoesNotFit_LeavesTheOneBefore_AndTheRunGoesOnWhenThereIsRoom()
    {
        var disk = Directory.CreateDirectory(Path.Combine(_tiny.Folder, "runs", "disk")).FullName;
        Assert.SkipUnless(await Run("mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", disk), "the small disk cannot be mounted here");
        try
        {
            string[] begin = ["--set", "checkpoint.every=1", "--set", "learner.max_steps=2"];
            string[] goOn = ["--resume", "--set", "checkpoint.every=1", "--set", "learner.max_steps=4"];
            (await _tiny.Train("whole", begin)).Code.ShouldBe(0);
            (await _tiny.Train("whole", goOn)).Code.ShouldBe(0);
            (await _tiny.Train("full", [.. begin, "--set", $"run.out={disk}"])).Code.ShouldBe(0);
            Fill(Path.Combine(disk, "filler"));

            string[] resume = [.. goOn, "--set", $"run.out={disk}"];
            var (code, _, error) = await _tiny.Train("full", resume);
            error.ShouldStartWith($"pairuni: The checkpoint of step 3 could not be saved in {disk}/full/checkpoints: No space left on device");
            error.ShouldContain("the checkpoint of step 2 is still good. Free disk space");
            error.Count(c => c == '\n').ShouldBe(1, error);
            code.ShouldBe(2);
            File.ReadAllText(Path.Combine(disk, "full/checkpoints/latest")).ShouldBe("step-000002\n");

            File.Delete(Path.Combine(disk, "filler"));
            (await _tiny.Train("full", resume)).Code.ShouldBe(0);
            _tiny.Metrics("disk/full").ShouldBe(_tiny.Metrics("whole"));
        }
        finally
        {
            await Run("umount", disk);
        }
    }

    public void Dispose() => _tiny.Dispose();

    private static void Fill(string path)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[4096];
        try
        {
            while (true) file.Write(block);
        }
        catch (IOException)
        {
            file.SetLength(file.Length - Left);
        }
    }

    private static async Task<bool> Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        return process.ExitCode == 0;
    }
}
