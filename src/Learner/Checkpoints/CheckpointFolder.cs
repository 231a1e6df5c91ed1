using System.Globalization;
using PairUni.Contracts;
using PairUni.Modeling.Files;

namespace PairUni.Learner.Checkpoints;

/// <summary>
/// A run's checkpoints: <c>step-000100/</c> folders and the file <c>latest</c> with the name of the newest whole one. A folder appears
/// under its name only when every file in it is on disk, and <c>latest</c> changes last.
/// </summary>
public sealed class CheckpointFolder(string root)
{
    private const string TemporaryPrefix = ".tmp-";

    private string LatestFile => Path.Combine(root, "latest");

    /// <summary>Steps that have a checkpoint, ascending.</summary>
    public IReadOnlyList<int> Steps => Directory.Exists(root)
        ? [.. Directory.EnumerateDirectories(root, "step-*").Select(StepOf).Where(s => s >= 0).Order()]
        : [];

    /// <summary>The folder of a step.</summary>
    public string PathOf(int step) => Path.Combine(root, $"step-{step:D6}");

    /// <summary>The folder that <c>latest</c> names, or null when nothing was saved yet.</summary>
    /// <exception cref="UserErrorException"><c>latest</c> names a folder that is not there.</exception>
    public string? Latest()
    {
        if (!File.Exists(LatestFile)) return null;
        var name = File.ReadAllText(LatestFile).Trim();
        var path = Path.Combine(root, name);
        return name.Length > 0 && Directory.Exists(path)
            ? path
            : throw new UserErrorException(
                $"{LatestFile} names the checkpoint '{name}', which is not there; write the name of one of {root}'s step folders into it.");
    }

    /// <summary>Saves one checkpoint.</summary>
    /// <param name="step">The step it belongs to; an older checkpoint of the same step is replaced.</param>
    /// <param name="write">Writes all files into the folder it is given.</param>
    /// <exception cref="UserErrorException">The disk is full or not writable; earlier checkpoints and <c>latest</c> are untouched.</exception>
    public string Save(int step, Action<string> write)
    {
        var final = PathOf(step);
        var temporary = Path.Combine(root, TemporaryPrefix + Path.GetFileName(final));
        try
        {
            Directory.CreateDirectory(root);
            DeleteIfThere(temporary);
            Directory.CreateDirectory(temporary);
            write(temporary);
            SyncTree(temporary);
            Replace(temporary, final);
            DirectorySync.Flush(root);
            AtomicFile.Write(LatestFile, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(Path.GetFileName(final) + "\n")));
            DirectorySync.Flush(root);
            return final;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            TryDelete(temporary);
            var last = Steps.Count > 0 ? $"the checkpoint of step {Steps[^1]} is still good" : "there is no earlier checkpoint";
            throw new UserErrorException(
                $"The checkpoint of step {step} could not be saved in {root}: {e.Message.TrimEnd('.')}; {last}. "
                + "Free disk space or fix the folder's permissions, then go on with --resume.", e);
        }
    }

    /// <summary>Deletes all but the newest <paramref name="keepLast"/> checkpoints, those of every <paramref name="keepEvery"/>-th step, and the latest.</summary>
    /// <param name="keepLast">At least 1.</param>
    /// <param name="keepEvery">0 keeps none for their step's sake.</param>
    public void Prune(int keepLast, int keepEvery)
    {
        var steps = Steps;
        var latest = Latest();
        foreach (var step in steps.Take(Math.Max(0, steps.Count - Math.Max(1, keepLast))))
        {
            var path = PathOf(step);
            if ((keepEvery > 0 && step % keepEvery == 0) || path == latest) continue;
            var doomed = Path.Combine(root, TemporaryPrefix + "old-" + Path.GetFileName(path));
            DeleteIfThere(doomed);
            Directory.Move(path, doomed);
            Directory.Delete(doomed, recursive: true);
        }
    }

    /// <summary>Removes what an interrupted save or prune left behind.</summary>
    public void Sweep()
    {
        if (!Directory.Exists(root)) return;
        foreach (var leftover in Directory.GetDirectories(root, TemporaryPrefix + "*")) TryDelete(leftover);
    }

    private static int StepOf(string path) =>
        int.TryParse(Path.GetFileName(path)["step-".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var step) ? step : -1;

    private void Replace(string temporary, string final)
    {
        var old = Path.Combine(root, TemporaryPrefix + "old-" + Path.GetFileName(final));
        DeleteIfThere(old);
        if (Directory.Exists(final)) Directory.Move(final, old);
        Directory.Move(temporary, final);
        DeleteIfThere(old);
    }

    private static void SyncTree(string folder)
    {
        foreach (var file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
            stream.Flush(flushToDisk: true);
        }

        foreach (var inner in Directory.GetDirectories(folder, "*", SearchOption.AllDirectories)) DirectorySync.Flush(inner);
        DirectorySync.Flush(folder);
    }

    private static void DeleteIfThere(string folder)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    // The save has failed already and its error is the one to report.
    private static void TryDelete(string folder)
    {
        try
        {
            DeleteIfThere(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }
}
